# Two institutions propose an agreement to each other at once: two dossiers, and both count. Then terms of
# one come into force that name the other: nobody is sent under that one any more, whoever has a place
# there keeps it, who was on his way is let in and gets none. The chosen one is changed, then it ends: the
# other stays replaced, until both say in new terms of it that it counts again.
nodes helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be proposes A to uhasselt.be with 2
uhasselt.be proposes B to helmo.be with 2
mend helmo.be uhasselt.be
settle
uhasselt.be approves terms of A
helmo.be approves terms of B
settle
expect A in_force at both
expect B in_force at both
uhasselt.be nominates S1..S2 to helmo.be under agreement B
helmo.be nominates T1 to uhasselt.be under agreement A
settle
helmo.be accepts S1
uhasselt.be accepts T1
settle
helmo.be offers 2 in A replacing A
helmo.be offers 2 in A replacing B
settle
cut helmo.be uhasselt.be
uhasselt.be nominates S3 to helmo.be under agreement B
mend helmo.be uhasselt.be
uhasselt.be approves terms of A
settle
uhasselt.be nominates S4 to helmo.be under agreement B
helmo.be accepts S2..S3
settle
expect S1 accepted at both
expect S2..S3 pending at both
helmo.be nominates T2 to uhasselt.be under agreement A
settle
uhasselt.be accepts T2
settle
expect T2 accepted at both
expect B in_force at both
helmo.be offers 2 in A
settle
uhasselt.be approves terms of A
settle
helmo.be accepts S2..S3
helmo.be terminates A after 2029/2030
settle
helmo.be accepts S2..S3
settle
expect S2..S3 pending at both
uhasselt.be offers 2 in B replacing A
helmo.be approves terms of B
settle
helmo.be approves terms of B
settle
uhasselt.be nominates S5 to helmo.be under agreement B
helmo.be accepts S2
settle
expect S2 accepted at both
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
     0.025  uhasselt.be   > B: kept
     2.025  uhasselt.be   . helmo.be is silent about 1 records: sent again
     2.025  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.045  uhasselt.be   > A: kept
     2.045  helmo.be      > B: kept
     2.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.055  uhasselt.be   > S1..S2: 2 kept, 0 wait for the guard
     2.055  helmo.be      > T1: kept
     2.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.065  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.065  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.065  helmo.be      > S1: kept
     2.065  uhasselt.be   > T1: kept
     2.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     2.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     2.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.075  helmo.be      > A: a field does not follow its rule: terms.replaces
     2.075  helmo.be      > A: kept
     2.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     2.085  uhasselt.be   > S3: kept
     2.085  uhasselt.be   > A: kept
     4.085  uhasselt.be   . helmo.be is silent about 2 records: sent again
     4.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     4.095  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     4.095  uhasselt.be   > S4: a field does not follow its rule: nomination.agreement_replaced
     4.095  helmo.be      > S2..S3: a field does not follow its rule: decision.places
     4.095  helmo.be      > T2: kept
     4.100  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.105  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     4.105  uhasselt.be   > T2: kept
     4.110  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     4.115  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     4.115  helmo.be      > A: kept
     4.120  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.125  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     4.125  uhasselt.be   > A: kept
     4.130  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     4.135  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     4.135  helmo.be      > S2..S3: a field does not follow its rule: decision.places
     4.135  helmo.be      > A: kept
     4.140  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.145  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     4.145  helmo.be      > S2..S3: a field does not follow its rule: decision.places
     4.145  uhasselt.be   > B: kept
     4.145  helmo.be      > B: the dossier's state does not allow this: record.turn
     4.150  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     4.155  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     4.155  helmo.be      > B: kept
     4.160  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.165  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     4.165  uhasselt.be   > S5: kept
     4.165  helmo.be      > S2: kept
     4.170  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     4.170  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     4.175  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     4.175  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
