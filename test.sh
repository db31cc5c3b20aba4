#!/usr/bin/env bash
# The one test command: installs what is missing, restores, builds, checks the format, runs every test.
# Ends with the line "N passed, N failed, N skipped"; exits non-zero on any failure.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
command -v kubectl >/dev/null 2>&1 || missing+=(kubernetes-client)
# Of the AWS CLI, version 2 is needed: Debian has it, package indexes of Python do not.
[[ -x /usr/bin/aws ]] || missing+=(awscli)
command -v prometheus >/dev/null 2>&1 || missing+=(prometheus)
# Tests against a real Flink run where FLINK_HOME names one.
[[ -z ${FLINK_HOME:-} ]] || command -v java >/dev/null 2>&1 || missing+=(openjdk-17-jre-headless)
if ((${#missing[@]} > 0)); then
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    # Packages with a service (prometheus) must not start it here: its port may be taken, and the tests start their own.
    if [[ ! -e /usr/sbin/policy-rc.d ]]; then
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
      chmod +x /usr/sbin/policy-rc.d
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Missing: ${missing[*]}. Run: sudo apt-get install -y ${missing[*]}" >&2
    exit 1
  fi
fi

results=TestResults
rm -rf "$results"
dotnet restore FlinkDashboard.sln --locked-mode
dotnet build FlinkDashboard.sln --no-restore --nologo -v q
dotnet format FlinkDashboard.sln --no-restore --verify-no-changes
for package in FlinkDashboard.Tests/Sandbox/Clients/package.json; do
  [[ -f $package ]] && npm ci --prefix "$(dirname "$package")" --no-audit --no-fund --loglevel=error
done

# Tests in a browser mostly wait: in a process of their own they run beside the others.
run() {
  dotnet test FlinkDashboard.Tests --no-build --nologo --results-directory "$results" --filter "$2" --logger "trx;LogFileName=$1.trx" --logger "console;verbosity=minimal"
}
status=0
run browser 'FullyQualifiedName~.Browser.' &
browser=$!
run others 'FullyQualifiedName!~.Browser.' || status=$?
wait "$browser" || status=$?

count() { cat "$results"/{browser,others}.trx | grep -o '<Counters [^>]*>' | sed -E "s/.* $1=\"([0-9]+)\".*/\1/" | awk '{ sum += $1 } END { print sum + 0 }'; }
total=$(count total)
passed=$(count passed)
failed=$(count failed)
echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
((failed == 0 && passed > 0)) || exit 1
exit "$status"
