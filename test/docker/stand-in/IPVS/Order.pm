package IPVS::Order;
# The order in which services and real servers are printed (ipvs_cmp_services and ipvs_cmp_dests of libipvs.c).
use strict;
use Exporter 'import';
use IPVS::Address qw(binary);
our @EXPORT_OK = qw(by_address by_service merge_sort);

sub signed32 { my $difference = $_[0] & 0xffffffff; return $difference >= 2**31 ? $difference - 2**32 : $difference }

sub by_address {
    my ($one, $other) = @_;
    my @one   = unpack 'N*', binary($one->{af}, $one->{addr});
    my @other = unpack 'N*', binary($other->{af}, $other->{addr});
    for my $i (0 .. $#one) {
        my $difference = signed32($one[$i] - ($other[$i] // 0));
        return $difference if $difference;
    }
    return $one->{port} - $other->{port};
}

sub by_service {
    my ($one, $other) = @_;
    return signed32($one->{fwmark} - $other->{fwmark}) || $one->{af} - $other->{af} || $one->{proto} - $other->{proto}
        || ($one->{fwmark} ? 0 : by_address($one, $other));
}

# glibc's qsort is a merge sort; the address compare is not transitive, so the algorithm shows.
sub merge_sort {
    my ($compare, @items) = @_;
    return @items if @items < 2;
    my $half  = int(@items / 2);
    my @left  = merge_sort($compare, @items[0 .. $half - 1]);
    my @right = merge_sort($compare, @items[$half .. $#items]);
    my @sorted;
    push @sorted, $compare->($left[0], $right[0]) <= 0 ? shift @left : shift @right while @left && @right;
    return (@sorted, @left, @right);
}

1;
