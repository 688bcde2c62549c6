#!/usr/bin/perl
# load.pl ADDRESS PORT NEW KEEP PAUSE TIMEOUT STOP LEAST
# Steady HTTP load, every answer looked at: NEW workers with a new connection for each request, KEEP workers that keep
# theirs for many, each PAUSE seconds after its last answer. Ends when a file STOP is there, after the requests under way, and not before
# all of them together have made LEAST requests.
# Prints a line for each failed request (FAIL <when it began> <how long> <kind> <why>), at the end one for each
# worker (WORKER <kind> <requests> <slowest answer>), one for each page it was given (PAGE <requests> <text>), and a last one with
# the number of all of these (TOLD <lines>), by which a reader sees whether it has them all.
# Only the first process prints. Each worker tells it through a pipe of its own, and one that ends untold is an error.
use strict;
use warnings;
use Errno qw(EINTR);
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(time sleep alarm);

my ($address, $port, $new, $keep, $pause, $timeout, $stop, $least) = @ARGV;
my $share = $least / ($new + $keep);
# How long a kept connection lives: less than a drain takes, so none is open when a drained server goes.
my ($lifetime, $per_connection) = (2, 40);
$SIG{PIPE} = 'IGNORE';
# A time that is over just after its request has ended ends no worker.
$SIG{ALRM} = 'IGNORE';
$| = 1;

my @workers = map { worker($_ < $new ? 'new' : 'keep') } 0 .. $new + $keep - 1;
my %of = map { fileno($_->{from}) => $_ } @workers;
my $select = IO::Select->new(map { $_->{from} } @workers);
my ($lines, $untold) = (0, 0);
while ($select->count) {
  for my $from ($select->can_read) {
    my $worker = $of{fileno $from};
    my $got = sysread($from, $worker->{text}, 65536, length $worker->{text});
    next if !defined $got && $! == EINTR;
    defined $got or die "read from a worker: $!\n";
    pass_on($worker);
    next if $got;
    $select->remove($from);
    waitpid $worker->{pid}, 0;
    $untold++ if $? != 0 || !$worker->{told};
  }
}
$untold and die "$untold workers ended before they told what they have seen\n";
print "TOLD $lines\n" or die "print: $!\n";

# Prints the whole lines of what a worker has told.
sub pass_on {
  my ($worker) = @_;
  while ($worker->{text} =~ s/\A(.*\n)//) {
    my $line = $1;
    print $line or die "print: $!\n";
    $lines++;
    $worker->{told} = 1 if $line =~ /\AWORKER /;
  }
}

# Starts a worker; gives its process and the end of its pipe.
sub worker {
  my ($kind) = @_;
  pipe my $from, my $to or die "pipe: $!";
  my $pid = fork // die "fork: $!";
  if ($pid) {
    close $to;
    return { pid => $pid, from => $from, text => '', told => 0 };
  }
  close $from;
  $to->autoflush(1);
  select $to;
  work($kind);
  exit 0;
}

sub work {
  my ($kind) = @_;
  my ($requests, $slowest, %pages) = (0, 0);
  my ($socket, $opened, $used);
  until (-e $stop && $requests >= $share) {
    my $began = time;
    my ($page, $close) = eval {
      local $SIG{ALRM} = sub { die "timed out\n" };
      alarm $timeout;
      unless ($socket) {
        $socket = IO::Socket::INET->new(PeerAddr => $address, PeerPort => $port, Proto => 'tcp') or die "connect: $!\n";
        ($opened, $used) = (time, 0);
      }
      my $last = $kind eq 'new' || ++$used >= $per_connection || time - $opened > $lifetime;
      my @answer = request($socket, $last);
      alarm 0;
      return @answer;
    };
    my $why = $@;
    alarm 0;
    my $took = time - $began;
    $requests++;
    $slowest = $took if $took > $slowest;
    if (defined $page) { $pages{$page}++ }
    else {
      chomp $why;
      $why =~ tr/\n/ /;
      printf("FAIL %.3f %.3f %s %s\n", $began, $took, $kind, $why) or die "print: $!\n";
    }
    undef $socket if $close || !defined $page;
    sleep $pause;
  }
  my $told = sprintf "WORKER %s %d %.3f\n", $kind, $requests, $slowest;
  $told .= sprintf "PAGE %d %s\n", $pages{$_}, $_ for sort keys %pages;
  print $told or die "print: $!\n";
}

# One request; gives the page and whether the connection ends with it. Dies with what is wrong with the answer.
sub request {
  my ($socket, $last) = @_;
  my $text = "GET / HTTP/1.1\r\nHost: $address\r\nConnection: " . ($last ? 'close' : 'keep-alive') . "\r\n\r\n";
  (syswrite($socket, $text) // -1) == length $text or die "write: $!\n";
  my $answer = '';
  my $wanted;
  until (defined $wanted && length $answer >= $wanted) {
    my $got = sysread($socket, $answer, 65536, length $answer);
    next if !defined $got && $! == EINTR;
    defined $got or die "read: $!\n";
    $got or die length $answer ? "answer ends early\n" : "closed without an answer\n";
    if (!defined $wanted && $answer =~ /\r\n\r\n/) {
      my $head = $+[0];
      $answer =~ /\r\nContent-Length: *(\d+)/i or die "answer without a length\n";
      $wanted = $head + $1;
    }
  }
  $answer =~ m{\AHTTP/1\.1 200 } or die "status: " . substr($answer, 9, 3) . "\n";
  my ($head, $page) = split /\r\n\r\n/, $answer, 2;
  chomp $page;
  return ($page, $last || $head =~ /\r\nConnection: *close/i);
}
