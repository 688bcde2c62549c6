package IPVS::Values;
# What stands in a command: numbers, timeouts, addresses with ports.
use strict;
use Exporter 'import';
use IPVS::Address qw(binary ipv6);
use IPVS::Words qw(fail);
our @EXPORT_OK = qw(number timeout ipv4 service_address);

our %number_of = (tcp => 6, udp => 17, sctp => 132);
our %name_of   = reverse %number_of;
my $max_timeout = 86400 * 31;

sub number { my ($text, $min, $max) = @_; return $text =~ /^\s*[+-]?\d+$/ && $text >= $min && $text <= $max ? 0 + $text : -1 }

sub timeout {
    my ($text, $min) = @_;
    return 360 unless defined $text;
    my $value = number($text, $min, $max_timeout);
    fail(2, "invalid timeout value `$text' specified") if $value == -1;
    return $value;
}

sub ipv4 {
    my ($text) = @_;
    return $text if defined binary(4, $text);
    my @found = gethostbyname $text;
    return @found ? join('.', unpack 'C4', $found[4]) : undef;
}

# parse_service(): undef, or address, port (undef when not given), family.
sub service_address {
    my ($text, $proto) = @_;
    return if $text =~ /^\d*$/;
    my ($host, $port);
    if ($text =~ /^\[([^\]]*)\](?::(.*))?$/s) { ($host, $port) = ($1, $2) }
    elsif ($text =~ /^\[/) { return }
    elsif (defined ipv6($text)) { $host = $text }
    elsif ($text =~ /^(.*):([^:]*)$/s) { ($host, $port) = ($1, $2) }
    else                               { $host = $text }
    my ($address, $family) = (undef, 4);
    if (defined(my $six = ipv6($host))) { ($address, $family) = ($six, 6) }
    else                                { $address = ipv4($host) }
    return unless defined $address;
    if (defined $port) {
        my $value = number($port, 0, 65535);
        if ($value == -1) {
            my @found = getservbyname $port, $name_of{ $proto || 6 };
            return unless @found;
            $value = $found[2];
        }
        $port = $value;
    }
    return ($address, $port, $family);
}

1;
