package Keepalived::Addresses;
# The process of VRRP: who has the virtual addresses. An election is won at once, unless there is a master already.
use strict;
use Keepalived::Host qw(circumstance release);
use Keepalived::Words qw(read_words all);

# `ADDRESS/LENGTH` to its words for ip, of all instances.
sub addresses_of {
    my ($file) = @_;
    my $tree = read_words($file) or return {};
    my %addresses;
    for my $instance (all($tree, 'vrrp_instance')) {
        for my $line (map { @{ $_->{within} } } map { all($instance, $_) } qw(virtual_ipaddress virtual_ipaddress_excluded)) {
            my ($address, @words) = @{ $line->{words} };
            push @words, qw(nodad preferred_lft 0) if $address =~ /:/;
            $addresses{$address} = "@words";
        }
    }
    return \%addresses;
}

sub take { my ($addresses) = @_; ip('add', $_, $addresses->{$_}) for sort keys %$addresses }
sub leave { my ($addresses) = @_; ip('del', $_, $addresses->{$_} =~ /(dev \S+)/) for sort keys %$addresses }
sub ip { my ($verb, $address, $words) = @_; system "ip address $verb $address $words > /dev/null 2>&1" }

# What lvs_sync_daemon says, as ipvsadm takes it; empty where the file has none.
sub sync_of {
    my ($file) = @_;
    my ($globals) = all(read_words($file) // { within => [] }, 'global_defs') or return '';
    my ($line) = all($globals, 'lvs_sync_daemon') or return '';
    my (undef, $interface, undef, undef, $id, undef, $group) = @{ $line->{words} };
    return "--mcast-interface $interface --syncid $id" . ($group ? " --mcast-group $group" : '');
}
sub start_sync { my ($sync, $role) = @_; system "ipvsadm --start-daemon $role $sync > /dev/null 2>&1" if $sync }
sub stop_sync { system "ipvsadm --stop-daemon $_ > /dev/null 2>&1" for @_ }

sub run {
    my ($class, $file, undef, $ready) = @_;
    my ($reloads, $ends, $is_master) = (0, 0, 0);
    local $SIG{HUP} = sub { $reloads = 1 };
    local $SIG{TERM} = sub { $ends = 1 };
    my ($addresses, $sync) = (addresses_of($file), sync_of($file));
    stop_sync(qw(master backup)) if $sync;
    start_sync($sync, 'backup');
    leave($addresses);    # what is left of an earlier run
    my $elect = sub {
        my $wins = !circumstance('peer');
        return if $wins == $is_master;
        $is_master = $wins;
        $wins ? take($addresses) : leave($addresses);
        return unless $sync;
        stop_sync($wins ? 'backup' : 'master');
        start_sync($sync, $wins ? 'master' : 'backup');
    };
    $elect->();
    $ready->();
    until ($ends) {
        if ($reloads) {
            $reloads = 0;
            my $now = addresses_of($file);
            my %gone = map { $_ => $addresses->{$_} } grep { !exists $now->{$_} } keys %$addresses;
            my %new  = map { $_ => $now->{$_} } grep { !exists $addresses->{$_} } keys %$now;
            $addresses = $now;
            # Up to 2.0 it is stopped and started; later releases stop it where it changed, and start none.
            my ($before, $role) = ($sync, $is_master ? 'master' : 'backup');
            $sync = sync_of($file);
            my $is_old = release() =~ /^(1|2\.0)\./;
            stop_sync($role) if $before && ($is_old || ($sync && $sync ne $before));
            start_sync($sync, $role) if $is_old;
            if ($is_master) { leave(\%gone); take(\%new) }
        }
        $elect->();
        select undef, undef, undef, 0.2 unless $reloads || $ends;
    }
    leave($addresses) if $is_master;
    stop_sync($is_master ? 'master' : 'backup') if $sync;
}

1;
