#!/usr/bin/perl
# ask.pl COUNT close|hold|udp|sctp ADDRESS PORT [SOURCE...]
# So many requests one after the other, each from the next source address; prints the answers, a line each.
# close: by a new connection each; hold: the same, but none is closed before the last answer; udp: a datagram each,
# all from one port, sent again each second, for nobody else does; sctp: an association each, in which the server speaks first.
# Answers to datagrams end with how often they were asked for.
use strict;
use warnings;
use IO::Select;
use IO::Socket::IP;
use List::Util qw(max);
use Socket qw(PF_INET SOCK_DGRAM SOCK_STREAM inet_aton pack_sockaddr_in);
use Time::HiRes qw(alarm time);

my ($count, $way, $address, $port, @sources) = @ARGV;
my (@held, %datagrams);
my $sends = 8;
local $SIG{ALRM} = sub { die "timed out\n" };
for my $number (0 .. $count - 1) {
  my @from = @sources ? (LocalHost => $sources[$number % @sources]) : ();
  my $answer = eval {
    alarm($way eq 'udp' ? $sends + 2 : 4);
    my $text = $way eq 'udp' ? datagram($number, @from) : $way eq 'sctp' ? association() : request(@from);
    alarm 0;
    $text;
  } // "FAIL $@";
  alarm 0;
  chomp $answer;
  print "$answer\n";
}

sub request {
  my @from = @_;
  my $socket = IO::Socket::IP->new(PeerHost => $address, PeerPort => $port, Type => SOCK_STREAM, @from)
    or die "connect: $@\n";
  syswrite $socket, "GET / HTTP/1.1\r\nHost: who\r\n" . ($way eq 'hold' ? '' : "Connection: close\r\n") . "\r\n";
  push @held, $socket if $way eq 'hold';
  my $text = '';
  until ($text =~ /\r\n\r\n(.+)\n/) { sysread $socket, $text, 4096, length $text or die "no answer: $!\n" }
  return $text =~ /\r\n\r\n(.+)\n/ ? $1 : '';
}

# The server repeats the question, so that a late answer to an earlier one is not taken for this one's.
sub datagram {
  my ($number, @from) = @_;
  my $socket = $datagrams{"@from"} //=
    IO::Socket::IP->new(PeerHost => $address, PeerPort => $port, Type => SOCK_DGRAM, @from) // die "socket: $@\n";
  my $answers = IO::Select->new($socket);
  for my $sent (1 .. $sends) {
    $socket->send("$number.$sent") // die "send: $!\n";
    my $until = time + 1;
    while ($answers->can_read(max(0, $until - time))) {
      $socket->recv(my $text, 2048) // die "receive: $!\n";
      return "$1 $sent" if $text =~ /^(.+) \Q$number\E\.\d+$/;
    }
  }
  die "no answer to $sends datagrams\n";
}

sub association {
  socket my $socket, PF_INET, SOCK_STREAM, 132 or die "sctp: $!\n";
  connect $socket, pack_sockaddr_in($port, inet_aton($address)) or die "connect: $!\n";
  sysread $socket, my $text, 2048 or die "no answer: $!\n";
  return $text;
}
