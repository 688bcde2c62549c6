#!/usr/bin/perl
# steady.pl ADDRESS PORT PERIOD TIMEOUT STOP
# A request by a new connection begins every PERIOD seconds, whatever became of those before it: where nobody serves, the requests that
# fail say for how long. Ends when a file STOP is there and every request under way has its answer, or has had TIMEOUT seconds.
# Prints a line for each request, when it is over: <when it began> <how long it took> ok <page>, or ... fail <why>.
use strict;
use warnings;
use Errno qw(EINPROGRESS EAGAIN EINTR);
use Fcntl;
use IO::Select;
use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6 SOL_SOCKET SO_ERROR);
use Time::HiRes qw(time);

my ($address, $port, $period, $timeout, $stop) = @ARGV;
my $family = $address =~ /:/ ? AF_INET6 : AF_INET;
my $packed = inet_pton($family, $address) // die "not an address: $address\n";
my $place = $family == AF_INET6 ? pack_sockaddr_in6($port, $packed) : pack_sockaddr_in($port, $packed);
my $name = $family == AF_INET6 ? "[$address]" : $address;
$SIG{PIPE} = 'IGNORE';
$| = 1;

my (%open, $writable, $readable);
($writable, $readable) = (IO::Select->new, IO::Select->new);
my $next = time;
while (1) {
  my $now = time;
  my $ending = -e $stop;
  last if $ending && !%open;
  if (!$ending && $now >= $next) {
    begin($now);
    # What a stalled machine has missed is not made up for.
    $next = $next + $period > $now ? $next + $period : $now + $period;
  }
  for my $request (values %open) {
    over($request, 'fail timed out') if $now - $request->{began} > $timeout;
  }
  my $wait = $next - time;
  my ($read, $write) = IO::Select->select($readable, $writable, undef, $wait > 0 ? $wait : 0);
  connected($open{fileno $_}) for @{$write // []};
  answered($open{fileno $_}) for @{$read // []};
}

sub begin {
  my ($now) = @_;
  socket my $socket, $family, SOCK_STREAM, 0 or die "socket: $!\n";
  fcntl $socket, F_SETFL, O_NONBLOCK or die "fcntl: $!\n";
  my $request = $open{fileno $socket} = { socket => $socket, began => $now, answer => '' };
  $writable->add($socket);
  connect($socket, $place) || $! == EINPROGRESS or over($request, "fail connect: $!");
}

sub connected {
  my ($request) = @_;
  my $socket = $request->{socket};
  $writable->remove($socket);
  local $! = unpack 'i', getsockopt($socket, SOL_SOCKET, SO_ERROR);
  return over($request, "fail connect: $!") if $!;
  my $text = "GET / HTTP/1.1\r\nHost: $name\r\nConnection: close\r\n\r\n";
  (syswrite($socket, $text) // -1) == length $text or return over($request, "fail write: $!");
  $readable->add($socket);
}

sub answered {
  my ($request) = @_;
  my $got = sysread $request->{socket}, $request->{answer}, 65536, length $request->{answer};
  return if !defined $got && ($! == EINTR || $! == EAGAIN);
  return over($request, "fail read: $!") if !defined $got;
  my ($head, $page) = split /\r\n\r\n/, $request->{answer}, 2;
  my ($length) = $head =~ /\r\nContent-Length: *(\d+)/i;
  if (defined $page && defined $length && length $page >= $length) {
    my ($status) = $head =~ m{\AHTTP/1\.1 (\d+)};
    # The first word says who answers.
    return over($request, $status == 200 ? 'ok ' . ($page =~ /\A(\S+)/)[0] : "fail status $status");
  }
  over($request, 'fail closed without a whole answer') if $got == 0;
}

sub over {
  my ($request, $what) = @_;
  my $socket = $request->{socket};
  printf "%.3f %.3f %s\n", $request->{began}, time - $request->{began}, $what;
  $writable->remove($socket);
  $readable->remove($socket);
  delete $open{fileno $socket};
  close $socket;
}
