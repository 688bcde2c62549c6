package IPVS::Rules;
# Which options go with which command and tunnel type (commands_v_options and tunnel_types_v_options of ipvsadm.c).
use strict;
use Exporter 'import';
use IPVS::Words qw(fail);
our @EXPORT_OK = qw(check_options check_tunnel);

our %command_name = (A => 'add-service', E => 'edit-service', D => 'delete-service', C => 'flush', L => 'list', a => 'add-server',
    d => 'delete-server', e => 'edit-server', set => 'set', 'start-daemon' => 'start-daemon', 'stop-daemon' => 'stop-daemon',
    R => 'restore', S => 'save', Z => 'zero');
my @option_order = qw(numeric connection service-address scheduler persistent netmask real-server forwarding-method weight u-threshold
    l-threshold mcast-interface timeout daemon stats rate thresholds persistent-conn nosort syncid exact ops pe sched-flags mcast-group
    mcast-port mcast-ttl sync-maxlen tun-info tun-type tun-port tun-nocsum tun-csum tun-remcsum);
our %option_name = (n => 'numeric', c => 'connection', t => 'service-address', u => 'service-address', 'sctp-service' => 'service-address',
    f => 'service-address', s => 'scheduler', p => 'persistent', M => 'netmask', r => 'real-server', i => 'forwarding-method',
    g => 'forwarding-method', m => 'forwarding-method', w => 'weight', x => 'u-threshold', y => 'l-threshold', X => 'exact', o => 'ops',
    b => 'sched-flags', map { $_ => $_ } qw(mcast-interface timeout daemon stats rate thresholds persistent-conn nosort syncid pe
        mcast-group mcast-port mcast-ttl sync-maxlen tun-info tun-type tun-port tun-nocsum tun-csum tun-remcsum));
our @tun = qw(tun-type tun-port tun-nocsum tun-csum tun-remcsum);
# '+' compulsory, ' ' allowed, '1' one of these; anything else is illegal.
my %allowed = (
    A => { 'service-address' => '+', map { $_ => ' ' } qw(scheduler persistent netmask ops pe sched-flags) },
    D => { 'service-address' => '+' }, C => {}, set => {}, R => {}, S => { numeric => ' ' }, Z => { 'service-address' => ' ' },
    L => { (map { $_ => ' ' } qw(numeric stats rate thresholds persistent-conn nosort exact tun-info)),
        (map { $_ => '1' } qw(connection service-address timeout daemon)) },
    a => { 'service-address' => '+', 'real-server' => '+', map { $_ => ' ' } qw(forwarding-method weight u-threshold l-threshold), @tun },
    d => { 'service-address' => '+', 'real-server' => '+' },
    'start-daemon' => { map { $_ => ' ' } qw(mcast-interface syncid mcast-group mcast-port mcast-ttl sync-maxlen) },
    'stop-daemon' => { syncid => ' ' });
$allowed{E} = $allowed{A};
$allowed{e} = $allowed{a};

sub check_options {
    my ($command, $given) = @_;
    my $last;
    for my $name (@option_order) {
        my $rule = $allowed{$command}{$name} // 'x';
        if (!$given->{$name}) {
            fail(2, "You need to supply the '$name' option for the '$command_name{$command}' command") if $rule eq '+';
            next;
        }
        fail(2, "Illegal '$name' option with the '$command_name{$command}' command") if $rule eq 'x';
        next unless $rule eq '1';
        fail(2, "The option '$name' conflicts with the '$last' option in the '$command_name{$command}' command") if $last;
        $last = $name;
    }
}

sub check_tunnel {
    my ($type, $given) = @_;
    my %rule = (ipip => {}, gue => { 'tun-port' => '+', map { $_ => '1' } @tun[2 .. 4] }, gre => { map { $_ => '1' } @tun[2, 3] });
    my $last;
    for my $name (@tun[1 .. 4]) {
        my $kind = $rule{$type}{$name} // 'x';
        if (!$given->{$name}) {
            fail(2, "You need to supply the '$name' option for the '$type' tunnel type") if $kind eq '+';
            next;
        }
        fail(2, "Illegal '$name' option with the '$type' tunnel type") if $kind eq 'x';
        next unless $kind eq '1';
        fail(2, "The option '$name' conflicts with the '$last' option in the '$type' tunnel type") if $last;
        $last = $name;
    }
}

1;
