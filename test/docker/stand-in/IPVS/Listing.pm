package IPVS::Listing;
# Prints the table: as rules, and as the lists that people read.
use strict;
use Exporter 'import';
use IPVS::Address qw(binary);
use IPVS::Order qw(by_address by_service merge_sort);
use IPVS::Table qw(service_key);
use IPVS::Values;
use IPVS::Words qw(fail);
our @EXPORT_OK = qw(list list_all);
# Variables by name: Exporter would load as much again to pass them on.
our ($table, %name_of);
*table   = \$IPVS::Table::table;
*name_of = \%IPVS::Values::name_of;

my $connections = '/run/guest/connections';
my %tun_flag    = (nocsum => '-c', csum => '+c', remcsum => 'r+c');

sub any_name {
    my ($family, $address, $port, $proto, $numeric) = @_;
    if (!$numeric) {
        $address = gethostbyaddr(binary($family, $address), $family == 6 ? 10 : 2) || $address;
        $port    = getservbyport($port, $name_of{$proto}) || $port;
    }
    return $family == 6 ? "[$address]:$port" : "$address:$port";
}

sub flag_names {
    my ($service) = @_;
    my @names = $service->{sched} =~ /^[sm]h$/ ? ("$service->{sched}-fallback", "$service->{sched}-port") : qw(flag-1 flag-2 flag-3);
    return join ',', map { $names[$_] } grep { $service->{flags} & 1 << $_ } 0 .. $#names;
}

sub full_mask { my ($service) = @_; return $service->{netmask} eq ($service->{af} == 6 ? '128' : '255.255.255.255') }

sub connections_of {
    my ($service, $dest) = @_;
    my ($active, $inactive) = (0, 0);
    open my $in, '<', $connections or return (0, 0);
    while (<$in>) {
        my ($proto, undef, $virtual, $destination, $state) = split ' ';
        next unless ($service->{fwmark} || lc $proto eq $name_of{ $service->{proto} } && $virtual eq any_name(@$service{qw(af addr port)}, 6, 1))
            && $destination eq any_name(@$dest{qw(af addr port)}, 6, 1);
        $state eq 'ESTABLISHED' ? $active++ : $inactive++;
    }
    return ($active, $inactive);
}

sub print_service {
    my ($service, $format) = @_;
    my $numeric = $format->{numeric};
    my $rule    = $format->{rule};
    my $zeros   = sprintf '%9d' x 5, (0) x 5;
    my $name;
    if ($service->{fwmark}) {
        $name = $rule ? "-f $service->{fwmark}" . ($service->{af} == 6 ? ' -6' : '') : "FWM  $service->{fwmark}" . ($service->{af} == 6 ? ' IPv6' : '');
    }
    else {
        my $address = any_name(@$service{qw(af addr port proto)}, $numeric);
        my $option  = { 6 => '-t', 17 => '-u', 132 => '--sctp-service' }->{ $service->{proto} };
        $name = $rule ? "$option $address" : sprintf '%-4s %s', uc $name_of{ $service->{proto} }, $address;
        $name = substr $name, 0, 33 if !$rule && $service->{af} == 4;
    }
    my $mask  = full_mask($service) ? '' : $service->{netmask};
    my $flags = flag_names($service);
    if ($rule) {
        print "-A $name -s $service->{sched}";
        print " -p $service->{timeout}", $mask ne '' ? " -M $mask" : '' if $service->{persistent};
        print " --pe $service->{pe}" if $service->{pe} ne '';
        print ' -o'                  if $service->{ops};
        print " -b $flags"           if $service->{flags};
    }
    elsif ($format->{stats} || $format->{rate}) { printf '%-33s%s', $name, $zeros }
    else {
        print "$name $service->{sched}";
        print " ($flags)" if $service->{flags};
        print " persistent $service->{timeout}", $mask ne '' ? " mask $mask" : '', $service->{pe} ne '' ? " pe $service->{pe}" : ''
            if $service->{persistent};
        print ' ops' if $service->{ops};
    }
    print "\n";
    my @dests = map { $service->{dests}{$_} } reverse @{ $service->{order} };
    @dests = merge_sort(\&by_address, @dests) unless $format->{nosort};
    print_dest($service, $_, $name, $format) for @dests;
}

sub print_dest {
    my ($service, $dest, $service_name, $format) = @_;
    my $name   = any_name(@$dest{qw(af addr port)}, $service->{proto}, $format->{numeric});
    my $method = { g => 'Route', i => 'Tunnel', m => 'Masq' }->{ $dest->{method} };
    my $tunnel = 'n/a';
    if ($format->{rule}) {
        print "-a $service_name -r $name -$dest->{method} -w $dest->{weight}";
        print " --tun-type $dest->{tun}" if $dest->{method} eq 'i';
        print " --tun-port $dest->{tunport}" if $dest->{tun} eq 'gue';
        print " --tun-$dest->{tunflag}" if $dest->{tun} ne 'ipip';
        print "\n";
        return;
    }
    $name = substr $name, 0, 28 if $dest->{af} == 4;
    if ($dest->{method} eq 'i') {
        $tunnel = $dest->{tun};
        $tunnel .= ":$dest->{tunport}" if $tunnel eq 'gue';
        $tunnel .= ":$tun_flag{$dest->{tunflag}}" if $dest->{tun} ne 'ipip';
    }
    my ($active, $inactive) = connections_of($service, $dest);
    if    ($format->{stats})             { printf "  -> %-28s%s\n", $name, sprintf '%9d' x 5, (0) x 5 }
    elsif ($format->{rate})              { printf "  -> %-28s %8d %8d %8d%9d%9d\n", $name, (0) x 5 }
    elsif ($format->{thresholds})        { printf "  -> %-28s %-10u %-10u %-10u %-10u\n", $name, @$dest{qw(upper lower)}, $active, $inactive }
    elsif ($format->{'persistent-conn'}) { printf "  -> %-28s %-9u %-11u %-10u %-10u\n", $name, $dest->{weight}, 0, $active, $inactive }
    elsif ($format->{'tun-info'}) { printf "  -> %-28s %-7s %-13s %-6d %-10u %-10u\n", $name, $method, $tunnel, $dest->{weight}, $active, $inactive }
    else                          { printf "  -> %-28s %-7s %-6d %-10u %-10u\n", $name, $method, $dest->{weight}, $active, $inactive }
}

sub print_title {
    my ($format) = @_;
    return if $format->{rule};
    my $remote = '  -> RemoteAddress:Port';
    my $local  = 'Prot LocalAddress:Port';
    if    ($format->{stats})      { printf "%-33s %8s %8s %8s %8s %8s\n$remote\n", $local, qw(Conns InPkts OutPkts InBytes OutBytes) }
    elsif ($format->{rate})       { printf "%-33s %8s %8s %8s %8s %8s\n$remote\n", $local, qw(CPS InPPS OutPPS InBPS OutBPS) }
    elsif ($format->{thresholds}) { printf "%-33s %-10s %-10s %-10s %-10s\n$remote\n", $local, qw(Uthreshold Lthreshold ActiveConn InActConn) }
    elsif ($format->{'persistent-conn'}) { printf "%-33s %-9s %-11s %-10s %-10s\n$remote\n", $local, qw(Weight PersistConn ActiveConn InActConn) }
    elsif ($format->{'tun-info'}) { print "$local Scheduler Flags\n$remote           Forward TunnelInfo    Weight ActiveConn InActConn\n" }
    else                          { print "$local Scheduler Flags\n$remote           Forward Weight ActiveConn InActConn\n" }
}

sub list_all {
    my ($format) = @_;
    print "IP Virtual Server version 1.2.1 (size=4096)\n" unless $format->{rule};
    print_title($format);
    my @services = map { $table->{services}{$_} } @{ $table->{order} };
    @services = merge_sort(\&by_service, @services) unless $format->{nosort};
    print_service($_, $format) for @services;
}

sub list {
    my ($request) = @_;
    my $given = $request->{given};
    if ($given->{connection}) {
        print "IPVS connection entries\n";
        printf "pro expire %-11s %-18s %-18s %s\n", qw(state source virtual destination);
        open my $in, '<', $connections or return;
        while (<$in>) {
            my ($proto, $client, $virtual, $destination, $state, $seconds) = split ' ';
            printf "%-3s %-6s %-11s %-18s %-18s %s\n", $proto, sprintf('%02d:%02d', int($seconds / 60), $seconds % 60), $state, $client, $virtual,
                $destination;
        }
    }
    elsif ($given->{'service-address'}) {
        my $service = $table->{services}{ service_key($request->{service}) } or fail(1, 'No such service');
        print_title($given);
        print_service($service, $given);
    }
    elsif ($given->{timeout}) { printf "Timeout (tcp tcpfin udp): %d %d %d\n", @{ $table->{timeout} } }
    elsif ($given->{daemon}) {
        for my $daemon (grep { $_ } map { $table->{daemons}{$_} } qw(master backup)) {
            printf "%s sync daemon (mcast=%s, syncid=%d, maxlen=%u, group=%s, port=%u, ttl=%u)\n", @$daemon{qw(state ifn syncid maxlen group port ttl)};
        }
    }
    else { list_all($given) }
}

1;
