package Keepalived::Checker;
# The process of the health checks: what it has put into the table, and what it takes to be up.
use strict;
use Keepalived::Host qw(circumstance release);
use Keepalived::Words qw(read_words value all);

my %method = (DR => '-g', NAT => '-m', TUN => '-i');

sub old { release() lt '2' }

# The services of a file, by the words that ipvsadm has for them.
sub services_of {
    my ($tree) = @_;
    my %services;
    for my $block (all($tree, 'virtual_server')) {
        my ($address, $port) = @{ $block->{words} }[1, 2];
        my $name = $address eq 'fwmark' ? "-f $port" . ((value($block, 'ip_family') // '') eq 'inet6' ? ' -6' : '')
          : ({ TCP => '-t', UDP => '-u', SCTP => '--sctp-service' }->{ scalar value($block, 'protocol') // 'TCP' }) . ' ' . place($address, $port);
        my $service = { name => $name, servers => {}, attributes => '-s ' . value($block, 'lvs_sched') };
        if (my $seconds = value($block, 'persistence_timeout')) {
            $service->{attributes} .= " -p $seconds";
            my $mask = value($block, 'persistence_granularity');
            $service->{attributes} .= " -M $mask" if $mask;
        }
        $service->{attributes} .= ' --pe ' . value($block, 'persistence_engine') if all($block, 'persistence_engine');
        $service->{attributes} .= ' -o' if all($block, 'ops');
        my @flags = map { $_->{words}[0] } grep { $_->{words}[0] =~ /^(flag-[123]|[sm]h-(port|fallback))$/ } @{ $block->{within} };
        $service->{attributes} .= ' -b ' . join ',', @flags if @flags;
        my @default = value($block, 'lvs_method');
        for my $one (all($block, 'real_server')) { add_server($service, $one, @{ $one->{words} }[1, 2], \@default) }
        if (my ($sorry) = all($block, 'sorry_server')) {
            my @words = value($block, 'sorry_server_lvs_method');
            $service->{sorry} = { name => place(@{ $sorry->{words} }[1, 2]), method => method(@words ? @words : @default) };
        }
        $services{$name} = $service;
    }
    return \%services;
}

sub place { my ($address, $port) = @_; return $address =~ /:/ ? "[$address]:$port" : "$address:$port" }

sub method {
    my ($word, %rest) = @_;
    return $method{$word} . ($rest{type} ? " --tun-type $rest{type}" : '') . ($rest{port} ? " --tun-port $rest{port}" : '');
}

sub add_server {
    my ($service, $block, $address, $port, $default) = @_;
    my @words = value($block, 'lvs_method');
    my $weight = value($block, 'weight') // 1;
    $weight = 1 if $weight == 0 && release() lt '2.2' && !old();    # github.com/acassen/keepalived/issues/1757
    my $limits = join '', map { all($block, $_->[0]) ? " $_->[1] " . value($block, $_->[0]) : '' } ['uthreshold', '-x'], ['lthreshold', '-y'];
    my $name = place($address, $port);
    $service->{servers}{$name} = {
        name => $name, address => $address, weight => $weight, inhibit => scalar all($block, 'inhibit_on_failure'),
        fails => scalar all($block, 'MISC_CHECK'), asks => scalar(grep { /_(CHECK|GET)$/ } map { $_->{words}[0] } @{ $block->{within} }),
        method => method(@words ? @words : @$default) . $limits, is_up => 1,
    };
}

my @batch;
sub say_to_kernel { push @batch, @_ }

# What is refused, as what is there already, is not asked for again.
sub commit {
    return unless @batch;
    open my $to, '|-', '/usr/lib/stand-in/ipvsadm -R 2> /dev/null' or die "ipvsadm: $!";
    print $to map { "$_\n" } splice @batch;
    close $to;
}

sub entry { my ($service, $server, $weight) = @_; return "$service->{name} -r $server->{name} $server->{method} -w $weight" }

sub add_service {
    my ($service) = @_;
    say_to_kernel("-A $service->{name} $service->{attributes}");
    for my $server (values %{ $service->{servers} }) { say_to_kernel('-a ' . entry($service, $server, $server->{weight})) if $server->{is_up} || $server->{inhibit} }
    say_to_kernel('-a ' . entry($service, $service->{sorry}, 0)) if $service->{sorry} && !old();
}

# An entry that it would edit and that is not there is added.
sub weigh { my ($service, $server, $weight) = @_; say_to_kernel(map { "$_ " . entry($service, $server, $weight) } '-e', '-a') }

sub compare {
    my ($before, $now) = @_;
    for my $name (sort keys %$before) { say_to_kernel("-D $name") unless $now->{$name} }
    for my $name (sort keys %$now) {
        my ($old, $new) = ($before->{$name}, $now->{$name});
        if (!$old) { add_service($new); next }
        $new->{sorry_used} = $old->{sorry_used};
        for my $server (keys %{ $new->{servers} }) {
            my $then = $old->{servers}{$server} or next;
            $new->{servers}{$server}{is_up} = $then->{is_up} unless $then->{fails};
        }
        if ($old->{attributes} ne $new->{attributes}) {
            if (old()) { say_to_kernel("-D $name"); add_service($new); next }
            say_to_kernel("-E $name $new->{attributes}");
        }
        for my $server (sort keys %{ $old->{servers} }) { say_to_kernel("-d $name -r $server") unless $new->{servers}{$server} }
        for my $server (sort keys %{ $new->{servers} }) {
            my ($then, $next) = ($old->{servers}{$server}, $new->{servers}{$server});
            if (!$then) { say_to_kernel('-a ' . entry($new, $next, $next->{weight})) }
            elsif ($next->{is_up} && ($then->{weight} != $next->{weight} || $then->{method} ne $next->{method})) { weigh($new, $next, $next->{weight}) }
        }
        my ($then, $next) = ($old->{sorry}, $new->{sorry});
        say_to_kernel("-d $name -r $then->{name}") if $then && (!$next || $next->{name} ne $then->{name});
        say_to_kernel('-a ' . entry($new, $next, 0)) if $next && !old() && (!$then || $next->{name} ne $then->{name});
    }
}

# What has changed since of who answers.
sub ask {
    my ($services) = @_;
    my %down = map { $_ => 1 } circumstance('down');
    for my $service (values %$services) {
        for my $server (values %{ $service->{servers} }) {
            my $is_up = !$server->{asks} || !($server->{fails} || $down{ $server->{address} });
            next if !$is_up == !$server->{is_up};
            $server->{is_up} = $is_up;
            if ($is_up || $server->{inhibit}) { weigh($service, $server, $is_up ? $server->{weight} : 0) }
            else { say_to_kernel("-d $service->{name} -r $server->{name}") }
        }
        my $sorry = $service->{sorry} or next;
        my $used = !grep { $_->{is_up} && $_->{weight} > 0 } values %{ $service->{servers} };
        next if !$used == !$service->{sorry_used};
        $service->{sorry_used} = $used;
        weigh($service, $sorry, $used ? 1 : 0);
    }
}

sub run {
    my ($class, $file, $keeps_table, $ready) = @_;
    my ($reloads, $ends, $tree) = (0, 0);
    local $SIG{HUP} = sub { $reloads = 1 };
    local $SIG{TERM} = sub { $ends = 1 };
    my $read = sub {
        $tree = read_words($file) // { within => [] };
        my ($global) = all($tree, 'global_defs');
        my $name = $global && (value($global, 'checker_process_name') // value($global, 'lvs_process_name'));
        $0 = $name && !old() ? $name : 'keepalived';
        select undef, undef, undef, circumstance('slow') if circumstance('slow');
        return services_of($tree);
    };
    my $services = $read->();
    add_service($services->{$_}) for sort keys %$services;
    commit();
    $ready->();
    until ($ends) {
        if ($reloads) {
            $reloads = 0;
            my $before = $services;
            $services = $read->();
            compare($before, $services);
            commit();
        }
        ask($services);
        commit();
        select undef, undef, undef, 0.2 unless $reloads || $ends;
    }
    return if $keeps_table;
    say_to_kernel("-D $_") for keys %$services;
    commit();
}

1;
