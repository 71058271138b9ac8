# An agreement, proposed, countered, declined, taken back and changed, while nodes are down, cut off and
# restored. Of proposals that cross both stay open; of approvals that cross the opener's counts.
nodes helmo.be uhasselt.be
settle
helmo.be proposes A to uhasselt.be with 2
settle
expect A offered at both
uhasselt.be offers 1 in A
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
helmo.be approves terms of A
cut helmo.be uhasselt.be
helmo.be offers 3 in A
uhasselt.be offers 2 in A
mend helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be approves terms of A
uhasselt.be approves terms of A
mend helmo.be uhasselt.be
settle
expect A in_force at both
uhasselt.be backs up
uhasselt.be offers 5 in A
settle
expect A change_countered at both
helmo.be approves terms of A
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
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  helmo.be      > A: kept
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  helmo.be      > A: kept
     2.055  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.055  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  3600.065  uhasselt.be   . session to node.helmo.be opened
  3600.070  helmo.be      . session from node.uhasselt.be is live
  3600.075  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.080  helmo.be      . session to node.uhasselt.be opened
  3600.085  uhasselt.be   . session from node.helmo.be is live
  3600.105  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3600.110  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3600.110  helmo.be      > A: the dossier's state does not allow this: record.turn
  3600.110  helmo.be      > A: kept
  3600.110  uhasselt.be   > A: kept
  3602.110  helmo.be      . uhasselt.be is silent about 1 records: sent again
  3602.110  uhasselt.be   . helmo.be is silent about 1 records: sent again
  3602.115  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3602.115  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3602.120  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3602.120  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3602.120  helmo.be      > A: kept
  3602.120  uhasselt.be   > A: kept
  3604.120  uhasselt.be   . helmo.be is silent about 1 records: sent again
  3604.120  helmo.be      . uhasselt.be is silent about 1 records: sent again
  3604.125  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3604.125  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3604.130  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3604.130  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3604.130  uhasselt.be   > A: kept
  3604.135  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3604.140  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3604.140  helmo.be      > A: kept
  3604.145  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3604.150  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3604.160  uhasselt.be   . session to node.helmo.be opened
  3604.165  helmo.be      . session from node.uhasselt.be is live
  3604.175  helmo.be      . session to node.uhasselt.be opened
  3604.180  uhasselt.be   ! helmo.be holds 1 records of ours that are not here: asked back
  3604.180  uhasselt.be   . session from node.helmo.be is live
  3604.185  helmo.be      ! uhasselt.be lost records of its own and signed for them: given back
  3604.195  helmo.be      ! uhasselt.be lost 1 records that it had receipted: sent again, as it signed for
  3604.200  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3604.205  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
  3604.210  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3604.210  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3604.215  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3604.215  helmo.be      > A: a field does not follow its rule: termination.notice
  3604.215  helmo.be      > A: kept
  3604.220  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3604.225  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
