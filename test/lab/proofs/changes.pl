#!/usr/bin/perl
# changes.pl ADDRESS PORT SESSIONS READY STOP [silent]
# What clients notice of a change: SESSIONS connections that are kept, each with a line and its echo ten times a second (where they are silent, once
# at the end), and beside them a new connection ten times a second. Makes the file READY when all are there, goes on until there is a file STOP. Prints how many of the kept
# ended, how many new ones there were, how many of them failed, and how long nobody got one, in seconds.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(time sleep);

my ($address, $port, $sessions, $ready, $stop, $silent) = @ARGV;

sub connected {
  my ($limit) = @_;
  return IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Timeout => $limit);
}

sub echoed {
  my ($socket, $limit) = @_;
  defined(syswrite $socket, "line\n") or return 0;
  IO::Select->new($socket)->can_read($limit) or return 0;
  return (sysread($socket, my $line, 100) // 0) > 0;
}

$SIG{PIPE} = 'IGNORE';
pipe(my $told, my $tell) or die "pipe: $!\n";
for (1 .. $sessions) {
  my $socket = connected(10) or die "no session: $!\n";
  echoed($socket, 10) or die "a session without an echo\n";
  next if fork;
  until (-e $stop) {
    if (!$silent && !echoed($socket, 5)) { syswrite $tell, "e"; exit 0 }
    sleep 0.1;
  }
  syswrite $tell, "e" if $silent && !echoed($socket, 5);
  exit 0;
}
close $tell;
open(my $file, '>', $ready) or die "$ready: $!\n";
my ($new, $failed, $longest, $last) = (0, 0, 0, time);
until (-e $stop) {
  $new++;
  my $socket = connected(2);
  if ($socket && echoed($socket, 2)) {
    my $gap = time - $last;
    $longest = $gap if $gap > $longest;
    $last = time;
  } else {
    $failed++;
  }
  close $socket if $socket;
  sleep 0.1;
}
$longest = time - $last if time - $last > $longest;
1 while wait > 0;
my $ended = '';
while (sysread $told, my $more, 100) { $ended .= $more }
printf "%d %d %d %.2f\n", length $ended, $new, $failed, $longest;
