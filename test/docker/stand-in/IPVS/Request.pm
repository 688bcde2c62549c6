package IPVS::Request;
# One command line to a request: parse_options() and the checks of process_options() of ipvsadm.c.
use strict;
use Exporter 'import';
use IPVS::Rules qw(check_options check_tunnel);
use IPVS::Values qw(ipv4 number service_address timeout);
use IPVS::Words qw(fail try_help words_to_options);
our @EXPORT_OK = qw(parse);
# Variables by name: Exporter would load as much again to pass them on.
our (%command_name, %option_name, @tun, %number_of);
*command_name = \%IPVS::Rules::command_name;
*option_name  = \%IPVS::Rules::option_name;
*tun          = \@IPVS::Rules::tun;
*number_of    = \%IPVS::Values::number_of;

sub scheduler_flags {
    my ($scheduler, $text) = @_;
    my %bit = ('flag-1' => 1, 'flag-2' => 2, 'flag-3' => 4, 'sh-fallback' => 1, 'sh-port' => 2, 'mh-fallback' => 1, 'mh-port' => 2);
    my $flags = 0;
    for my $flag (split /,+/, $text) {
        fail(2, "invalid scheduler flag `$flag'") unless $bit{$flag};
        fail(2, "incompatible scheduler flag `$flag'") if $flag =~ /^([sm]h)-/ && $1 ne $scheduler;
        $flags |= $bit{$flag};
    }
    return $flags;
}

# parse_options() and the checks of process_options().
sub parse {
    my ($options, $rest) = words_to_options(@_);
    my ($command, $role) = @$options ? @{ shift @$options } : try_help();
    if    ($command eq 'h') { print "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\nUsage:\n"; exit 0 }
    elsif ($command eq 'v') { print "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n"; exit 0 }
    try_help() unless $command_name{$command};
    # Of --start-daemon and --stop-daemon: master or backup.
    my %value = ($command => $role);
    my %given;
    my $service = { af => 4, proto => 6, addr => '', port => 0, fwmark => 0, sched => '', persistent => 0, timeout => 0,
        netmask => '255.255.255.255', pe => '', ops => 0, flags => 0 };
    my $dest = { af => 0, addr => '', port => 0, method => 'g', weight => 1, upper => 0, lower => 0, tun => 'ipip', tunport => 0, tunflag => 'nocsum' };
    for my $pair (@$options) {
        my ($option, $text) = @$pair;
        if ($option eq 'bad')     { print STDERR "$text: unknown option\n";   return }
        if ($option eq 'missing') { print STDERR "$text: missing argument\n"; return }
        fail(2, "invalid option `-$option'") if $command_name{$option};
        if (my $name = $option_name{$option}) {
            fail(2, "multiple '$name' options specified") if $given{$name}++;
        }
        $value{$option} = $text;
        if ($option eq 't' || $option eq 'u' || $option eq 'sctp-service') {
            $service->{proto} = $number_of{ { t => 'tcp', u => 'udp', 'sctp-service' => 'sctp' }->{$option} };
            my ($address, $port, $family) = service_address($text, $service->{proto});
            fail(2, 'illegal virtual server address[:port] specified') unless defined $address;
            @$service{qw(addr port af)} = ($address, $port // 0, $family);
            $service->{netmask} = 128 if $family == 6;
        }
        elsif ($option eq 'f') {
            my $mark = number($text, 1, 4294967295);
            fail(2, "invalid fwmark value `$text' specified") if $mark == -1;
            $service->{fwmark} = $mark;
        }
        elsif ($option eq '6') {
            fail(2, "-6 used before -f\n") unless $service->{fwmark};
            @$service{qw(af netmask)} = (6, 128);
        }
        elsif ($option eq 's') { $service->{sched} = substr $text, 0, 15 }
        elsif ($option eq 'p') { @$service{qw(persistent timeout)} = (1, timeout($text, 1)) }
        elsif ($option eq 'M') {
            if ($service->{af} == 6) {
                $service->{netmask} = $text =~ /^\s*(\d+)/ ? 0 + $1 : 0;
                fail(2, 'illegal ipv6 netmask specified') if $service->{netmask} < 1 || $service->{netmask} > 128;
            }
            else { $service->{netmask} = ipv4($text) // fail(2, 'illegal virtual server persistent mask specified') }
        }
        elsif ($option eq 'r') {
            my ($address, $port, $family) = service_address($text, $service->{proto});
            fail(2, 'illegal real server address[:port] specified') unless defined $address;
            @$dest{qw(addr af port)} = ($address, $family, $port // $service->{port});
        }
        elsif ($option =~ /^[gim]$/) { $dest->{method} = $option }
        elsif ($option eq 'w') { fail(2, 'illegal weight specified')      if ($dest->{weight} = number($text, 0, 65535)) == -1 }
        elsif ($option eq 'x') { fail(2, 'illegal u_threshold specified') if ($dest->{upper} = number($text, 0, 2147483647)) == -1 }
        elsif ($option eq 'y') { fail(2, 'illegal l_threshold specified') if ($dest->{lower} = number($text, 0, 2147483647)) == -1 }
        elsif ($option eq 'o') { $service->{ops} = 1 }
        elsif ($option eq 'pe') { $service->{pe} = substr $text, 0, 16 }
        elsif ($option eq 'syncid') { fail(2, 'illegal syncid specified') if number($text, 0, 255) == -1 }
        elsif ($option eq 'tun-type') { $dest->{tun} = $text =~ /^(ipip|gue|gre)$/ ? $text : fail(2, 'illegal tunnel type specified') }
        elsif ($option eq 'tun-port') { fail(2, 'illegal tunnel port specified') if ($dest->{tunport} = number($text, 1, 65535)) == -1 }
        elsif ($option =~ /^tun-(nocsum|csum|remcsum)$/) { $dest->{tunflag} = $1 }
    }
    my @timeouts;
    if ($command eq 'set') {
        fail(2, '--set option requires 3 timeout values') if @$rest < 3;
        @timeouts = map { timeout($_, 0) } splice @$rest, 0, 3;
    }
    fail(2, "unexpected argument $rest->[0]") if @$rest;
    $service->{flags} = scheduler_flags($service->{sched} || 'wlc', $value{b}) if length($value{b} // '');
    check_options($command, \%given);

    if ($command =~ /^[AE]$/) {
        fail(2, 'Zero port specified for non-persistent service') if !$service->{fwmark} && !$service->{port} && !$service->{persistent};
        fail(2, 'One-Packet Scheduling is only for UDP virtual services') if $service->{ops} && !$service->{fwmark} && $service->{proto} != 17;
        $service->{sched} ||= 'wlc';
    }
    if ($command =~ /^[ae]$/) {
        $dest->{port} = $service->{port} if !$service->{fwmark} && $dest->{method} ne 'm';
        fail(2, 'Different address family is allowed only for tunneling servers') if $dest->{af} != $service->{af} && $dest->{method} ne 'i';
        fail(2, 'Tunnel options conflict with forward method') if $dest->{method} ne 'i' && grep { $given{$_} } @tun;
        check_tunnel($dest->{tun}, \%given);
    }
    if ($command eq 'L') {
        fail(2, 'options conflicts in the list command')
            if (($given{connection} || $given{timeout} || $given{daemon}) && ($given{stats} || $given{rate} || $given{thresholds}))
            || (($given{timeout} || $given{daemon}) && $given{'persistent-conn'});
    }
    return { command => $command, service => $service, dest => $dest, given => \%given, value => \%value, timeouts => \@timeouts };
}

1;
