# Nominations under a condition with one place: of two that race one wins, also when the host dies between
# its commit and its answer. A withdrawal gives the place back. Terms that change meanwhile are no offence,
# and take no place from whoever has one. Whoever knows it gives one more than there is.
nodes helmo.be uhasselt.be
settle
helmo.be nominates Z to uhasselt.be
helmo.be proposes A to uhasselt.be with 1
helmo.be nominates X to uhasselt.be under agreement A
settle
uhasselt.be approves terms of A
settle
helmo.be nominates S1..S3 to uhasselt.be under agreement A
settle
uhasselt.be dies after committing submission
uhasselt.be accepts S1
uhasselt.be starts
settle
uhasselt.be accepts S2
settle
expect S1 accepted at both
expect S2 pending at both
helmo.be withdraws S1
settle
cut helmo.be uhasselt.be
helmo.be amends S2 field
uhasselt.be accepts S2
uhasselt.be accepts S3
mend helmo.be uhasselt.be
settle
expect S2 pending at both
uhasselt.be accepts S3
settle
uhasselt.be accepts S2
expect S3 accepted at both
helmo.be offers 0 in A
uhasselt.be stops
helmo.be nominates S4 to uhasselt.be under agreement A
run 1h
uhasselt.be starts
settle
uhasselt.be approves terms of A
settle
expect S4 pending at both
uhasselt.be accepts S4
settle
expect S3 accepted at both
expect S4 pending at both
uhasselt.be accepts S4 over quota
settle
expect S4 accepted at both
helmo.be offers 4 in A
settle
expect A change_offered at both
helmo.be amends S3 email
settle
expect S3 accepted at both
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
     0.025  helmo.be      > Z: kept
     0.025  helmo.be      > A: kept
     0.025  helmo.be      > X: a field does not follow its rule: nomination.agreement_in_force
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
     0.035  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  helmo.be      > S1..S3: 3 kept, 0 wait for the guard
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
     0.055  helmo.be      . receipt from uhasselt.be: 3 delivered, 0 known
     0.055  uhasselt.be   > S1: no answer
     0.065  uhasselt.be   . session to node.helmo.be opened
     0.070  helmo.be      . session from node.uhasselt.be is live
     0.080  helmo.be      . session to node.uhasselt.be opened
     0.085  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.085  uhasselt.be   . session from node.helmo.be is live
     0.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.095  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.095  uhasselt.be   > S2: a field does not follow its rule: decision.places
     0.095  helmo.be      > S1: kept
     0.100  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.105  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.105  helmo.be      > S2: kept
     0.105  uhasselt.be   > S2: kept
     0.105  uhasselt.be   > S3: a field does not follow its rule: decision.places
     2.105  uhasselt.be   . helmo.be is silent about 1 records: sent again
     2.105  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.110  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.110  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.115  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.115  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.115  uhasselt.be   > S3: kept
     2.120  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.125  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.125  uhasselt.be   > S2: a field does not follow its rule: decision.places
     2.125  helmo.be      > A: kept
     2.125  helmo.be      > S4: kept
     4.125  helmo.be      . uhasselt.be is silent about 2 records: sent again
     6.115  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  3602.135  uhasselt.be   . session to node.helmo.be opened
  3602.140  helmo.be      . session from node.uhasselt.be is live
  3602.145  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3602.150  helmo.be      . session to node.uhasselt.be opened
  3602.155  uhasselt.be   . session from node.helmo.be is live
  3602.175  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (2 times)
  3602.180  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
  3602.180  uhasselt.be   > A: kept
  3602.185  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3602.190  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3602.190  uhasselt.be   > S4: a field does not follow its rule: decision.places
  3602.190  uhasselt.be   > S4: kept
  3602.195  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3602.200  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3602.200  helmo.be      > A: kept
  3602.205  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3602.210  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3602.210  helmo.be      > S3: kept
  3602.215  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3602.220  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
