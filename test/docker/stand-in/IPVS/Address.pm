package IPVS::Address;
# Addresses as text and as the bytes that they stand for. A table of IPv4 alone is read without Socket: loading that takes as long as all the rest.
use strict;
use Exporter 'import';
our @EXPORT_OK = qw(binary ipv6);

# inet_pton(3): undef where the text is no address of the family (4 or 6).
sub binary {
    my ($family, $text) = @_;
    return ipv6_binary($text) if $family == 6;
    my @bytes = $text =~ /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\z/ or return;
    return (grep { $_ > 255 } @bytes) ? undef : pack 'C4', @bytes;
}

sub ipv6_binary {
    my ($text) = @_;
    return if $text =~ tr/:// < 2;
    require Socket;
    return Socket::inet_pton(Socket::AF_INET6(), $text);
}

# An IPv6 address as the kernel writes it; undef where the text is none.
sub ipv6 {
    my $binary = ipv6_binary(@_);
    return defined $binary ? Socket::inet_ntop(Socket::AF_INET6(), $binary) : undef;
}

1;
