package IPVS::Words;
# Words of a command line to options, as popt does it, and the ways to give up.
use strict;
use Exporter 'import';

our @EXPORT_OK = qw(fail try_help words_to_options);

sub fail { my ($code, $message) = @_; print STDERR "$message\n"; exit $code }
sub try_help { print STDERR "Try `ipvsadm -h' or 'ipvsadm --help' for more information.\n"; exit 255 }

my %long = (
    'add-service' => 'A', 'edit-service' => 'E', 'delete-service' => 'D', clear => 'C', list => 'L', zero => 'Z', 'add-server' => 'a',
    'edit-server' => 'e', 'delete-server' => 'd', set => 'set', help => 'h', version => 'v', restore => 'R', save => 'S',
    'start-daemon' => 'start-daemon', 'stop-daemon' => 'stop-daemon', 'tcp-service' => 't', 'udp-service' => 'u',
    'sctp-service' => 'sctp-service', 'fwmark-service' => 'f', scheduler => 's', persistent => 'p', netmask => 'M', 'real-server' => 'r',
    masquerading => 'm', ipip => 'i', gatewaying => 'g', weight => 'w', 'u-threshold' => 'x', 'l-threshold' => 'y', numeric => 'n',
    connection => 'c', exact => 'X', ipv6 => '6', ops => 'o', 'sched-flags' => 'b',
    map { $_ => $_ } qw(mcast-interface syncid timeout daemon stats rate thresholds persistent-conn nosort sort pe mcast-group mcast-port
        mcast-ttl sync-maxlen tun-info tun-type tun-port tun-nocsum tun-csum tun-remcsum));
my %takes = map { $_ => 1 } qw(start-daemon stop-daemon t u sctp-service f s p M r w x y mcast-interface syncid pe b mcast-group
    mcast-port mcast-ttl sync-maxlen tun-type tun-port);
my %short = map { $_ => 1 } grep { length == 1 } values %long;
$short{l} = 1;

# popt's way: clusters of short options, `--name=value`, and the optional argument of -p taken when the next word is no option.
sub words_to_options {
    my @words = @_;
    my (@options, @rest);
    while (@words) {
        my $word = shift @words;
        if ($word eq '--') { push @rest, @words; last }
        if ($word =~ /^--([^=]+)(?:=(.*))?$/s) {
            my ($name, $value) = ($1, $2);
            my $option = $long{$name} or return ([@options, ['bad', $word]], \@rest);
            if ($takes{$option}) {
                $value = shift @words if !defined $value && ($option ne 'p' || (@words && $words[0] !~ /^-/));
                return ([@options, ['missing', $word]], \@rest) if !defined $value && $option ne 'p';
            }
            push @options, [$option, $value];
        }
        elsif ($word =~ /^-(.+)$/s) {
            my $cluster = $1;
            while (length $cluster) {
                my $option = substr $cluster, 0, 1, '';
                return ([@options, ['bad', "-$option"]], \@rest) unless $short{$option};
                $option = 'L' if $option eq 'l';
                my $value;
                if ($takes{$option}) {
                    if (length $cluster) { $cluster =~ s/^=//; ($value, $cluster) = ($cluster, '') }
                    elsif ($option ne 'p' || (@words && $words[0] !~ /^-/)) { $value = shift @words }
                    return ([@options, ['missing', "-$option"]], \@rest) if !defined $value && $option ne 'p';
                }
                push @options, [$option, $value];
            }
        }
        else { push @rest, $word }
    }
    return (\@options, \@rest);
}

1;
