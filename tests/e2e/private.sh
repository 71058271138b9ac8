#!/bin/bash
# No personal data and no secret in a log, an error, a metric, an event, a webhook, on the wire, or in
# any file that is not named there: a life of two nodes with canaries in every place that takes text.
exec python3 -B "$(dirname "$(readlink -f "$0")")/private.py"
