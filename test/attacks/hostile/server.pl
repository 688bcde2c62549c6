#!/usr/bin/perl
# Servers that mean harm, one a port, each connection in a process of its own. Arguments: KIND=PORT..., kinds below.
# What they were asked is counted in /tmp/asked.KIND, a line a request.
use strict;
use warnings;
use Socket;
use IO::Socket::INET;
use Time::HiRes 'sleep';

$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = sub { exit };
my $ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
my $block = 'x' x 65536;

my %answer = (
  endless  => sub { print {$_[0]} "$ok\r\n"; print {$_[0]} $block while 1 },
  long     => sub { print {$_[0]} $ok . "Content-Length: " . (300 << 20) . "\r\n\r\n"; print {$_[0]} $block for 1 .. 4800 },
  nuls     => sub { print {$_[0]} "$ok\r\n"; my $nuls = "\0" x 65536; print {$_[0]} $nuls while 1 },
  headers  => sub { print {$_[0]} $ok; my $n = 0; print {$_[0]} "X-Served-By: $n\r\nX-$n: " . 'x' x 8000 . "\r\n" while $n++ >= 0 },
  continue => sub { print {$_[0]} "HTTP/1.1 100 Continue\r\nX: " . 'x' x 8000 . "\r\n\r\n" while 1 },
  drip     => sub { print {$_[0]} "$ok\r\n"; print {$_[0]} 'x' and sleep 0.5 while 1 },
  bomb     => sub { print {$_[0]} $ok . "Content-Encoding: gzip\r\n\r\n", `head -c 200000000 /dev/zero | gzip -1` },
  redirect => sub { print {$_[0]} "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: http://192.168.80.188:8099/caught\r\n\r\n" },
  caught   => sub { print {$_[0]} "$ok\r\ncaught\n" },
  slow     => sub { sleep 1; print {$_[0]} "$ok\r\nslow\n" },
  split    => sub { print {$_[0]} "$ok\r\nsec\0ret\n" },
  lines    => sub { print {$_[0]} "$ok\r\nfirst\nsecond\nthird\n" },
  terminal => sub { print {$_[0]} "HTTP/1.1 200 \e]0;owned\a\e[2J\r\nServer: \e[31m\r\n\r\n\e[2Jtext\xc2\x9b31m" },
  garbage  => sub { print {$_[0]} "\e[2J\xc2\x9b31m\r\nnot HTTP\e[0m\r\n" x 20 },
);

sub serve {
  my ($kind, $port) = @_;
  my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 64, ReuseAddr => 1) or die "$kind: $!";
  return if fork;
  while (1) {
    my $client = $server->accept or next;
    next if fork;
    $client->autoflush(1);
    my $request = <$client>;
    if (defined $request) {
      open my $asked, '>>', "/tmp/asked.$kind";
      print $asked $request;
      close $asked;
      while (defined(my $line = <$client>)) { last if $line =~ /^\r?$/ }
      $answer{$kind}->($client);
    }
    exit;
  }
}

# Answers one datagram with very many: NULs, empty ones, long ones.
sub flood {
  my ($port) = @_;
  my $server = IO::Socket::INET->new(LocalPort => $port, Proto => 'udp') or die "flood: $!";
  return if fork;
  while (1) {
    my $peer = $server->recv(my $text, 1500) // next;
    for (1 .. 2000) { $server->send($_ % 3 ? "\0" x 1400 : '', 0, $peer) }
  }
}

for (@ARGV) {
  my ($kind, $port) = split /=/;
  if ($kind eq 'flood') { flood($port) } else { serve($kind, $port) }
}
