# ---- carried rpms: yum or dnf resolves them as it always does, with the folder as its only repository -------------

# What rpm knows of each package, a fact a line. (Of what a package has none of, rpm prints `(none)` instead.)
rpm_facts='package\t%{NAME}\t%{ARCH}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{SIZE}\t%{BUILDTIME}\t%{SOURCERPM}
[provides\t%{PROVIDENAME}\t%{PROVIDEFLAGS}\t%{PROVIDEVERSION}\n]
[requires\t%{REQUIRENAME}\t%{REQUIREFLAGS}\t%{REQUIREVERSION}\n]
[conflicts\t%{CONFLICTNAME}\t%{CONFLICTFLAGS}\t%{CONFLICTVERSION}\n]
[obsoletes\t%{OBSOLETENAME}\t%{OBSOLETEFLAGS}\t%{OBSOLETEVERSION}\n]
[file\t%{FILENAMES}\n]
end\n'

# The metadata of a repository as createrepo_c makes them, but of what was just checked: https://github.com/rpm-software-management/createrepo_c
index_rpms() { # -> $carried_names, the repository in $scratch
  local file names linked sizes
  local -a files=()
  for file in "${carried_files[@]}"; do # never empty
    [[ $file != *.noarch.rpm && $file != *".$architecture.rpm" ]] || files+=("$file")
  done
  if ((${#files[@]} == 0)); then
    lacks_packages "there are none for $architecture in it"
    return
  fi
  link_carried rpm "${files[@]}" # never empty
  if ! names=$(write_rpm_metadata 2>"$scratch/said"); then
    failure="no index can be made of the packages in $carried"$'\n'$(<"$scratch/said")
    return 1
  fi
  while IFS= read -r file; do carried_names[$file]=1; done <<<"$names"
  write_repomd
}

write_rpm_metadata() { # with ${files[@]} ${linked[@]} ${sizes[@]}; prints the packages' names
  local i
  {
    for i in "${!files[@]}"; do printf 'link\t%s\t%s\t%s\n' "${linked[i]}" "${sizes[i]}" "${carried_sums[${files[i]}]}"; done
    cd -- "$scratch/repository" && rpm -qp --nosignature --qf "$rpm_facts" -- "${linked[@]/#/./}" # never empty
  } | awk -F '\t' -v count="${#files[@]}" -v directory="$scratch/repository/repodata" '
    function xml(text) {
      gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text); gsub(/"/, "\\&quot;", text)
      return text
    }
    # [EPOCH:]VERSION[-RELEASE] as attributes
    function version(evr, epoch, at) {
      epoch = 0
      if (match(evr, /^[0-9]+:/)) { epoch = substr(evr, 1, RLENGTH - 1); evr = substr(evr, RLENGTH + 1) }
      at = index(evr, "-")
      return " epoch=\"" epoch "\" ver=\"" xml(at ? substr(evr, 1, at - 1) : evr) "\"" (at ? " rel=\"" xml(substr(evr, at + 1)) "\"" : "")
    }
    # rpm has less, greater and equal as the bits 1, 2 and 3 of a dependency.
    function dependency(sense) {
      sense = int($3 / 2) % 8
      return "<rpm:entry name=\"" xml($2) "\"" (sense in senses ? " flags=\"" senses[sense] "\"" version($4) : "") "/>\n"
    }
    BEGIN {
      senses[1] = "LT"; senses[2] = "GT"; senses[4] = "EQ"; senses[5] = "LE"; senses[6] = "GE"
      primary = directory "/primary.xml"; filelists = directory "/filelists.xml"
      space = "http://linux.duke.edu/metadata/"
      print "<metadata xmlns=\"" space "common\" xmlns:rpm=\"" space "rpm\" packages=\"" count "\">" >primary
      print "<filelists xmlns=\"" space "filelists\" packages=\"" count "\">" >filelists
    }
    # What XML cannot hold is no name that anything depends on.
    /[^\t -~]/ { next }
    $1 == "link" { links++; link[links] = $2; size[links] = $3; sum[links] = $4 }
    $1 == "package" {
      number++
      split("", related); files = ""
      print $2
      evr = version(($4 ~ /^[0-9]+$/ ? $4 ":" : "") $5 "-" $6)
      name = xml($2); arch = xml($3)
      head = "<package type=\"rpm\">\n<name>" name "</name>\n<arch>" arch "</arch>\n<version" evr "/>\n" \
        "<checksum type=\"sha256\" pkgid=\"YES\">" sum[number] "</checksum>\n<summary/>\n<description/>\n" \
        "<time file=\"" $8 + 0 "\" build=\"" $8 + 0 "\"/>\n<size package=\"" size[number] "\" installed=\"" $7 + 0 "\" archive=\"0\"/>\n" \
        "<location href=\"" link[number] "\"/>\n<format>\n<rpm:sourcerpm>" xml($9) "</rpm:sourcerpm>\n"
    }
    # What of rpm itself a package needs, rpm judges.
    $1 == "requires" && $2 ~ /^rpmlib\(/ { next }
    $1 ~ /^(provides|requires|conflicts|obsoletes)$/ { related[$1] = related[$1] dependency() }
    $1 == "file" { files = files "<file>" xml($2) "</file>\n" }
    # Files are in both lists: no package manager then has to ask for more.
    $1 == "end" {
      printf "%s", head >primary
      for (relation in related) printf "<rpm:%s>\n%s</rpm:%s>\n", relation, related[relation], relation >primary
      print files "</format>\n</package>" >primary
      print "<package pkgid=\"" sum[number] "\" name=\"" name "\" arch=\"" arch "\">\n<version" evr "/>\n" files "</package>" >filelists
    }
    END {
      print "</metadata>" >primary
      print "</filelists>" >filelists
      exit (number != count)
    }'
}

write_repomd() {
  local digest size name
  (
    cd -- "$scratch/repository" || exit 1
    printf '<repomd xmlns="http://linux.duke.edu/metadata/repo">\n'
    for name in primary filelists; do
      digest=$(sha256sum <"repodata/$name.xml")
      digest=${digest%% *}
      size=$(stat -c %s "repodata/$name.xml")
      printf '<data type="%s">\n<checksum type="sha256">%s</checksum>\n<open-checksum type="sha256">%s</open-checksum>\n' "$name" "$digest" "$digest"
      printf '<location href="repodata/%s.xml"/>\n<timestamp>1</timestamp>\n<size>%s</size>\n<open-size>%s</open-size>\n</data>\n' "$name" "$size" "$size"
    done
    printf '</repomd>\n'
  ) >"$scratch/repository/repodata/repomd.xml"
}

# Of the host's configuration only what it says of packages, not where they come from. Whether the host wants signatures of files
# that are no repository's counts here: nobody signs this repository, and its packages are those files.
configure_yum() { # -> ${carried_command[@]}
  local file=/etc/yum.conf
  [[ $package_manager != dnf ]] || file=/etc/dnf/dnf.conf
  [[ -r $file ]] || file=/dev/null
  {
    printf '[main]\nreposdir=/dev/null\nplugins=0\ncachedir=%s/cache\nkeepcache=0\nskip_broken=0\nskip_missing_names_on_install=0\nbest=0\ninstall_weak_deps=0\n' "$scratch"
    # Who only asks leaves no trace, and does not wait.
    [[ $mutating == yes ]] || printf 'persistdir=%s/state\nlogdir=%s\nlogfile=%s/log\nexit_on_lock=1\n' "$scratch" "$scratch" "$scratch"
    awk -v scratch="$scratch" '
      /^\[/ { main = /^\[main\]/; kept = 0; next }
      main && /^[^ \t#;]/ {
        key = $0
        sub(/[ \t]*[=:].*/, "", key)
        kept = key ~ /^(exclude|excludepkgs|tsflags|protected_packages|installonlypkgs|installonly_limit|multilib_policy)$/
        if (key == "localpkg_gpgcheck") { signed = $0; sub(/^[^=:]*[=:]/, "", signed) }
      }
      main && kept
      END {
        print "[lvsgen-carried]\nname=carried packages\nbaseurl=file://" scratch "/repository\nenabled=1"
        print "gpgcheck=" (signed ~ /[^ \t]/ ? signed : 0) "\nrepo_gpgcheck=0\nmodule_hotfixes=1"
      }' "$file"
  } >"$scratch/yum.conf"
  carried_command=("$package_manager" -c "$scratch/yum.conf" -y -q)
}
