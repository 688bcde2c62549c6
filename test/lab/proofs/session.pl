#!/usr/bin/perl
# session.pl serve PORT | session.pl hold ADDRESS PORT STOP
# One connection that is kept: `hold` sends a line ten times a second and waits for its echo, until a file STOP is there. Prints how many
# came back and how long the longest took, in seconds; ends with 1 when the connection ends before.
use strict;
use warnings;
use IO::Socket::INET;
use Time::HiRes qw(time sleep);

my ($do, @rest) = @ARGV;
if ($do eq 'serve') {
  my $listener = IO::Socket::INET->new(LocalPort => $rest[0], Listen => 5, ReuseAddr => 1) or die "listen: $!\n";
  $SIG{CHLD} = 'IGNORE';
  while (my $client = $listener->accept) {
    next if fork;
    while (<$client>) { syswrite $client, $_ }
    exit 0;
  }
}
my ($address, $port, $stop) = @rest;
my $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port) or die "connect: $!\n";
my ($lines, $longest) = (0, 0);
until (-e $stop) {
  my $sent = time;
  syswrite $socket, "$lines\n";
  defined(<$socket>) or die "the session ended after $lines lines\n";
  my $took = time - $sent;
  $longest = $took if $took > $longest;
  $lines++;
  sleep 0.1;
}
printf "%d %.3f\n", $lines, $longest;
