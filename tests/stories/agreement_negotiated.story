# An agreement, proposed, countered, declined, taken back and changed, while nodes are down, cut off and
# restored: both die in the middle of saying something, both are away while the other speaks. Of proposals
# that cross both stay open; of approvals that cross the opener's counts. Contacts re-open nothing.
nodes helmo.be uhasselt.be
settle
helmo.be dies before committing submission
helmo.be proposes A to uhasselt.be with 2
helmo.be starts
helmo.be proposes A to uhasselt.be with 2
settle
expect A offered at both
uhasselt.be dies before committing submission
uhasselt.be offers 1 in A
uhasselt.be starts
settle
expect A offered at both
uhasselt.be dies after committing submission
uhasselt.be offers 1 in A
uhasselt.be starts
settle
expect A countered at both
helmo.be declines terms of A
settle
expect A offered at both
uhasselt.be stops
helmo.be drops terms of A
run 1h
uhasselt.be starts
settle
expect A taken_back at both
helmo.be stops
uhasselt.be offers 4 in A
run 1h
uhasselt.be stops
helmo.be starts
run 10m
uhasselt.be starts
settle
expect A countered at both
cut helmo.be uhasselt.be
helmo.be offers 3 in A
uhasselt.be offers 2 in A
mend helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be approves terms of A
uhasselt.be approves terms of A
run 10m
mend helmo.be uhasselt.be
settle
expect A in_force at both
uhasselt.be backs up
uhasselt.be offers 5 in A
settle
expect A change_countered at both
helmo.be changes contacts of A
settle
expect A change_countered at both
helmo.be dies after committing submission
helmo.be approves terms of A
helmo.be starts
settle
uhasselt.be stops
uhasselt.be restores
settle
expect A in_force at both
helmo.be terminates A after 2020/2021
helmo.be terminates A after 2029/2030
settle
expect A ended at both
expect records_refused 0 at helmo.be
expect records_refused 0 at uhasselt.be
expect invariants
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: no answer
     0.025  helmo.be      > A: kept, waits for the guard
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.065  uhasselt.be   > A: no answer
     0.075  uhasselt.be   . session to node.helmo.be opened
     0.080  helmo.be      . session from node.uhasselt.be is live
     0.085  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.090  helmo.be      . session to node.uhasselt.be opened
     0.095  uhasselt.be   . session from node.helmo.be is live
     0.105  uhasselt.be   > A: no answer
     0.115  uhasselt.be   . session to node.helmo.be opened
     0.120  helmo.be      . session from node.uhasselt.be is live
     0.130  helmo.be      . session to node.uhasselt.be opened
     0.135  uhasselt.be   . session from node.helmo.be is live
     0.135  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.140  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.145  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.145  helmo.be      > A: kept
     0.150  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.155  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.155  helmo.be      > A: kept
     2.155  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.155  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  3600.165  uhasselt.be   . session to node.helmo.be opened
  3600.170  helmo.be      . session from node.uhasselt.be is live
  3600.175  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.180  helmo.be      . session to node.uhasselt.be opened
  3600.185  uhasselt.be   . session from node.helmo.be is live
  3600.205  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3600.210  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3600.210  uhasselt.be   > A: kept
  3602.210  uhasselt.be   . helmo.be is silent about 1 records: sent again
  3604.195  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
  7201.210  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
  7800.220  uhasselt.be   . session to node.helmo.be opened
  7800.225  helmo.be      . session from node.uhasselt.be is live
  7800.235  helmo.be      . session to node.uhasselt.be opened
  7800.240  uhasselt.be     helmo.be: write guard lifted, both hold the same
  7800.240  uhasselt.be   . session from node.helmo.be is live
  7800.245  helmo.be        uhasselt.be: write guard lifted, both hold the same
  7800.255  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  7800.260  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  7800.260  helmo.be      > A: kept
  7800.260  uhasselt.be   > A: kept
  7802.260  uhasselt.be   . helmo.be is silent about 1 records: sent again
  7802.260  helmo.be      . uhasselt.be is silent about 1 records: sent again
  7802.265  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  7802.265  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  7802.270  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  7802.270  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  7802.270  helmo.be      > A: kept
  7802.270  uhasselt.be   > A: kept
  7804.270  uhasselt.be   . helmo.be is silent about 1 records: sent again
  7804.270  helmo.be      . uhasselt.be is silent about 1 records: sent again
  7806.270  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
  7806.270  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  8435.721  helmo.be      . session to node.uhasselt.be opened
  8435.726  uhasselt.be   . session from node.helmo.be is live
  8435.736  uhasselt.be   . session to node.helmo.be opened
  8435.741  helmo.be      . session from node.uhasselt.be is live
  8435.746  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  8435.751  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  8435.761  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  8435.766  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  8435.766  uhasselt.be   > A: kept
  8435.771  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  8435.776  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  8435.776  helmo.be      > A: kept
  8435.781  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  8435.786  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  8435.786  helmo.be      > A: no answer
  8435.796  helmo.be      . session to node.uhasselt.be opened
  8435.801  uhasselt.be   . session from node.helmo.be is live
  8435.811  uhasselt.be   . session to node.helmo.be opened
  8435.816  helmo.be        uhasselt.be: write guard lifted, both hold the same
  8435.816  helmo.be      . session from node.uhasselt.be is live
  8435.821  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  8435.826  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  8435.836  uhasselt.be   . session to node.helmo.be opened
  8435.841  helmo.be      . session from node.uhasselt.be is live
  8435.851  helmo.be      . session to node.uhasselt.be opened
  8435.856  uhasselt.be   . session from node.helmo.be is live
  8435.856  uhasselt.be   ! helmo.be holds 1 records of ours that are not here: asked back
  8435.861  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
  8435.871  helmo.be      ! uhasselt.be lost 2 records that it had receipted: sent again, as it signed for
  8435.876  uhasselt.be     helmo.be: write guard lifted, both hold the same
  8435.881  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
  8435.886  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  8435.886  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  8435.886  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  8435.891  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
  8435.891  helmo.be      > A: a field does not follow its rule: termination.notice
  8435.891  helmo.be      > A: kept
  8435.896  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  8435.901  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
