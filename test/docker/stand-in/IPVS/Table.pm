package IPVS::Table;
# The table of virtual services, in a file that a reboot or an unload of ip_vs takes away.
use strict;
use Exporter 'import';
use IPVS::Words qw(fail);
our @EXPORT_OK = qw(load_table store_table service_key dest_key);

my $state = '/run/guest/ipvs';

# services: key => { af proto addr port fwmark sched flags timeout netmask pe ops dests => { key => {...} }, order => [keys] }
our $table;

sub load_table {
    $table = { timeout => [900, 120, 300], services => {}, order => [], daemons => {} };
    open my $in, '<', $state or return;
    my $service;
    while (my $line = <$in>) {
        chomp $line;
        my ($kind, %field) = split /\t/, $line, -1;
        if    ($kind eq 'timeout') { $table->{timeout} = [split / /, $field{values}] }
        elsif ($kind eq 'daemon')  { $table->{daemons}{$field{state}} = {%field} }
        elsif ($kind eq 'service') {
            $service = { %field, dests => {}, order => [] };
            $table->{services}{$field{key}} = $service;
            push @{ $table->{order} }, $field{key};
        }
        else {
            $service->{dests}{$field{key}} = {%field};
            push @{ $service->{order} }, $field{key};
        }
    }
}

sub record { my ($kind, $hash) = @_; join("\t", $kind, map { ($_, $hash->{$_}) } grep { !ref $hash->{$_} } sort keys %$hash) . "\n" }

sub store_table {
    mkdir '/run/guest';
    open my $out, '>', "$state.new" or fail(2, "$state: $!");
    print $out record('timeout', { values => join ' ', @{ $table->{timeout} } });
    print $out record('daemon', $_) for values %{ $table->{daemons} };
    for my $service (map { $table->{services}{$_} } @{ $table->{order} }) {
        print $out record('service', $service);
        print $out record('dest', $service->{dests}{$_}) for @{ $service->{order} };
    }
    close $out and rename "$state.new", $state or fail(2, "$state: $!");
}

sub service_key { my ($s) = @_; return $s->{fwmark} ? "f $s->{fwmark} $s->{af}" : "$s->{proto} $s->{af} $s->{addr} $s->{port}" }
sub dest_key    { my ($d) = @_; return "$d->{af} $d->{addr} $d->{port}" }

1;
