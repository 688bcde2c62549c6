#!/usr/bin/perl
# who.pl TCP-PORT... [ADDRESS:UDP-PORT...] [sctp:ADDRESS:PORT...]
# A web server that tells who answers and who asked: "web1 192.168.80.200". Takes uploads, keeps connections open as
# long as clients do, and answers every datagram likewise, with the datagram's text behind. Hundreds of open connections cost it nothing.
# GET /download/N gives N bytes, within eight seconds.
use strict;
use warnings;
use IO::Select;
use IO::Socket::IP;
use Socket;
use Sys::Hostname;
use Time::HiRes qw(sleep);

$SIG{CHLD} = 'IGNORE';
my $freebind = 15; # IP_FREEBIND of ip(7): the VIP may come later than this server
my $all = IO::Select->new;
my $sctp = 132;    # IANA protocol number
my (%listener, %datagrams, %associations, %buffer);
for my $place (@ARGV) {
  if ($place =~ /^sctp:(.+):(\d+)/) {
    # Bound to the VIP alone: an association tells its peer every address that it may be reached by.
    socket my $socket, PF_INET, SOCK_STREAM, $sctp or die "sctp: $!\n";
    setsockopt $socket, 0, $freebind, 1 or die "freebind: $!\n";
    bind $socket, pack_sockaddr_in($2, inet_aton($1)) or die "$place: $!\n";
    listen $socket, 128 or die "$place: $!\n";
    $associations{$socket} = 1;
    $all->add($socket);
    next;
  }
  if ($place =~ /(.+):(\d+)/) {
    my ($address, $port) = ($1, $2);
    socket my $socket, PF_INET, SOCK_DGRAM, 0 or die "socket: $!\n";
    setsockopt $socket, 0, $freebind, 1 or die "freebind: $!\n";
    bind $socket, pack_sockaddr_in($port, inet_aton($address)) or die "$place: $!\n";
    $datagrams{$socket} = 1;
    $all->add($socket);
    next;
  }
  my $socket = IO::Socket::IP->new(LocalHost => '::', LocalPort => $place, Listen => 511, V6Only => 0, ReuseAddr => 1)
    or die "port $place: $@\n";
  $listener{$socket} = 1;
  $all->add($socket);
}

while (my @ready = $all->can_read) {
  for my $socket (@ready) {
    if ($listener{$socket}) {
      my $client = $socket->accept or next;
      $buffer{$client} = '';
      $all->add($client);
    } elsif ($associations{$socket}) {
      my $peer = accept my $client, $socket or next;
      my (undef, $address) = unpack_sockaddr_in($peer);
      syswrite $client, hostname() . ' ' . inet_ntoa($address) . "\n";
      close $client;
    } elsif ($datagrams{$socket}) {
      my $peer = recv $socket, my $text, 2048, 0;
      defined $peer or next;
      my (undef, $address) = unpack_sockaddr_in($peer);
      send $socket, hostname() . ' ' . inet_ntoa($address) . ($text =~ s/^\s*(.*?)\s*$/ $1/sr) . "\n", 0, $peer;
    } elsif (!serve($socket)) {
      $all->remove($socket);
      delete $buffer{$socket};
      close $socket;
    }
  }
}

# Reads what there is and answers a whole request; false when the connection is over.
sub serve {
  my ($client) = @_;
  my $key = "$client";
  sysread($client, $buffer{$key}, 65536, length $buffer{$key}) or return 0;
  my ($head) = $buffer{$key} =~ /\A(.*?\r\n\r\n)/s or return 1;
  my ($body) = $head =~ /\r\nContent-Length: *(\d+)/i;
  return 1 if length $buffer{$key} < length($head) + ($body // 0);
  $buffer{$key} = '';
  if ($head =~ m{\AGET /download/(\d+) }) {
    download($client, $1) if !fork;
    return 0;
  }
  my $text = hostname() . ' ' . $client->peerhost =~ s/^::ffff://r . ($body ? " $body" : '') . "\n";
  syswrite $client, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " . length($text) . "\r\n\r\n$text";
  return $head !~ m{\r\nConnection: *close|\AGET \S+ HTTP/1\.0}i;
}

# Does not return: it is another process.
sub download {
  my ($client, $length) = @_;
  my ($pieces, $sent) = (250, 0);
  syswrite $client, "HTTP/1.1 200 OK\r\nContent-Length: $length\r\nConnection: close\r\n\r\n";
  while ($sent < $length) {
    my $piece = int($length / $pieces) + 1;
    $piece = $length - $sent if $piece > $length - $sent;
    $sent += syswrite($client, 'x' x $piece) // exit 1;
    sleep 8 / $pieces;
  }
  exit 0;
}
