package IPVS::Kernel;
# What the kernel does with a request, and what it refuses (ip_vs_ctl.c, with the messages of libipvs.c).
use strict;
use Exporter 'import';
use IPVS::Table qw(dest_key service_key);
our @EXPORT_OK = qw(kernel);
# Variables by name: Exporter would load as much again to pass them on.
our $table;
*table = \$IPVS::Table::table;

my @schedulers = qw(rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh);
my $invalid = 'Invalid operation.  Possibly wrong module version, address not unicast, ...';

sub unicast {
    my ($family, $address) = @_;
    return $address ne '::' && $address !~ /^ff/i if $family == 6;
    my ($first) = split /\./, $address;
    return $first < 224 && $address ne '0.0.0.0';
}

sub known_scheduler {
    my ($service) = @_;
    return 0 unless grep { $_ eq $service->{sched} } @schedulers;
    return 0 unless $service->{pe} =~ /^(sip)?$/;
    for my $module ("ip_vs_$service->{sched}", $service->{pe} ? "ip_vs_pe_$service->{pe}" : ()) {
        system '/sbin/modprobe', '--', $module unless -d "/sys/module/$module";
    }
    return 1;
}

# Undef when the kernel took it, else the message.
sub kernel {
    my ($request) = @_;
    my ($command, $wanted, $dest) = @$request{qw(command service dest)};
    my $key      = service_key($wanted);
    my $existing = $table->{services}{$key};
    if ($command eq 'C') { @$table{qw(services order)} = ({}, []); return }
    if ($command eq 'A') {
        return 'Service already exists' if $existing;
        return 'Scheduler or persistence engine not found' unless known_scheduler($wanted);
        $table->{services}{$key} = { %$wanted, key => $key, dests => {}, order => [] };
        push @{ $table->{order} }, $key;
        return;
    }
    if ($command eq 'E') {
        return 'No such service' unless $existing;
        return 'Scheduler or persistence engine not found' unless known_scheduler($wanted);
        $existing->{$_} = $wanted->{$_} for qw(sched flags persistent timeout netmask pe ops);
        return;
    }
    if ($command eq 'D') {
        return 'No such service' unless $existing;
        delete $table->{services}{$key};
        @{ $table->{order} } = grep { $_ ne $key } @{ $table->{order} };
        return;
    }
    if ($command eq 'Z') { return $request->{given}{'service-address'} && !$existing ? 'No such service' : undef }
    if ($command eq 'set') {
        $request->{timeouts}[$_] and $table->{timeout}[$_] = $request->{timeouts}[$_] for 0 .. 2;
        return;
    }
    if ($command =~ /^(start|stop)-daemon$/) { return daemon($1, $request->{value}) }

    return 'Service not defined' unless $existing;
    my $dest_key = dest_key($dest);
    my $server   = $existing->{dests}{$dest_key};
    if ($command eq 'd') {
        return 'No such destination' unless $server;
        delete $existing->{dests}{$dest_key};
        @{ $existing->{order} } = grep { $_ ne $dest_key } @{ $existing->{order} };
        return;
    }
    return 'Numerical result out of range' if $dest->{lower} > $dest->{upper};
    if ($command eq 'a') {
        return 'Destination already exists' if $server;
        return $invalid unless unicast($dest->{af}, $dest->{addr});
        push @{ $existing->{order} }, $dest_key;
    }
    elsif (!$server) { return 'No such destination' }
    $existing->{dests}{$dest_key} = { %$dest, key => $dest_key };
    return;
}

sub daemon {
    my ($verb, $value) = @_;
    my $state = $value->{"$verb-daemon"} // '';
    if ($verb eq 'stop') { return delete $table->{daemons}{$state} ? undef : 'No daemon is running' }
    return 'Daemon has already run' if $table->{daemons}{$state};
    $table->{daemons}{$state} = { state => $state, ifn => $value->{'mcast-interface'} // 'eth0', syncid => $value->{syncid} // 0,
        maxlen => $value->{'sync-maxlen'} // 1472, group => $value->{'mcast-group'} // '224.0.0.81', port => $value->{'mcast-port'} // 8848,
        ttl => $value->{'mcast-ttl'} // 1 };
    return;
}

1;
