# A record that is sealed with an ended key is refused and waits; the next one, sealed by a clock that
# was set back to when the key was in force, comes before it. The lane is whole in the end.
nodes uva.nl ut.ee
uva.nl gets a new signing key
the old keys of uva.nl end
catalogue second is issued
ut.ee reads catalogue second
uva.nl nominates A to ut.ee
at 100ms uva.nl clock -1s
uva.nl amends A field
at 110ms all heal
catalogue third is issued
all read catalogue third
settle within 1m
expect A pending at both
expect same
expect invariants
--
     0.000  ut.ee         > catalogue second: read
     0.000  uva.nl        > A: kept, waits for the guard
     0.010  ut.ee         . session to node.uva.nl opened
     0.010  uva.nl        . session to node.ut.ee opened
     0.015  ut.ee         . session from node.uva.nl is live
     0.015  uva.nl        . session from node.ut.ee is live
     0.015  uva.nl        ! node.ut.ee knows catalogue 2, this node 1: fetch the newest
     0.020  uva.nl        ! node.ut.ee knows catalogue 2, this node 1: fetch the newest
     0.020  uva.nl          ut.ee: write guard lifted, both hold the same
     0.020  ut.ee           uva.nl: write guard lifted, both hold the same
     0.030  ut.ee         ! uva.nl sent records that do not hold: past its time
     0.035  uva.nl        ! ut.ee could not take records of ours: past its time
     0.100  uva.nl        > A: kept
     0.105  ut.ee         . records from uva.nl: 1 new, 0 repeated
     0.110  uva.nl        . receipt from ut.ee: 1 delivered, 0 known
     0.110  uva.nl        > catalogue third: read
     0.110  ut.ee         > catalogue third: read
     0.120  ut.ee         . session to node.uva.nl opened
     0.120  uva.nl        . session to node.ut.ee opened
     0.125  uva.nl        . session from node.ut.ee is live
     0.125  ut.ee         . session from node.uva.nl is live
     0.130  ut.ee           uva.nl: write guard lifted, both hold the same
     0.140  uva.nl          ut.ee: write guard lifted, both hold the same
     0.140  uva.nl          ut.ee: 1 records sealed anew, for the key of their seal does not count any more
     0.145  ut.ee         . records from uva.nl: 1 new, 0 repeated
     0.150  uva.nl        . receipt from ut.ee: 1 delivered, 0 known
