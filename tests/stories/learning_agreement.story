# A learning agreement before and during a stay: proposal, comment, change, approval; then changes with
# their reasons, one of which crosses an approval, while a partner is down, and one after a restore.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be plans A first
expect A no plan at helmo.be
uhasselt.be accepts A
settle
helmo.be plans A unattested
helmo.be plans A first
settle
expect A plan 1 at uhasselt.be
expect A no agreed-plan at helmo.be
uhasselt.be grumbles plan of A
uhasselt.be comments plan of A
settle
helmo.be plans A fuller
settle
expect A plan 2 at uhasselt.be
uhasselt.be approves plan of A
settle
expect A agreed-plan 2 at helmo.be
uhasselt.be approves plan of A
uhasselt.be says A arrived on 2027-02-03
settle
helmo.be backs up
helmo.be plans A unexplained
uhasselt.be stops
helmo.be plans A swapped
run 1h
expect A plan 3 at helmo.be
expect A agreed-plan 2 at helmo.be
uhasselt.be starts
settle
expect A plan 3 at uhasselt.be
cut helmo.be uhasselt.be
uhasselt.be approves plan of A
helmo.be plans A longer
mend helmo.be uhasselt.be
settle
expect A plan 4 at helmo.be
expect A plan 4 at uhasselt.be
expect A agreed-plan 2 at helmo.be
expect A agreed-plan 2 at uhasselt.be
helmo.be stops
uhasselt.be approves plan of A
helmo.be restores
settle
expect A plan 4 at helmo.be
expect A agreed-plan 4 at helmo.be
expect A arrived at both
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
     0.035  helmo.be      > A: the dossier's state does not allow this: record.turn
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  helmo.be      > A: a field does not follow its rule: learning.student_approved_on
     0.045  helmo.be      > A: kept
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  uhasselt.be   > A: a field does not follow its rule: learning_decision.comment_given
     0.055  uhasselt.be   > A: kept
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.065  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  uhasselt.be   > A: kept
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.085  uhasselt.be   > A: the dossier's state does not allow this: learning_decision.target
     0.085  uhasselt.be   > A: kept
     0.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.095  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.095  helmo.be      > A: a field does not follow its rule: learning.change_explained
     0.095  helmo.be      > A: kept
     2.095  helmo.be      . uhasselt.be is silent about 1 records: sent again
     4.075  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
  3600.105  uhasselt.be   . session to node.helmo.be opened
  3600.110  helmo.be      . session from node.uhasselt.be is live
  3600.115  uhasselt.be     helmo.be: write guard lifted, both hold the same
  3600.120  helmo.be      . session to node.uhasselt.be opened
  3600.125  uhasselt.be   . session from node.helmo.be is live
  3600.145  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3600.150  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3600.150  uhasselt.be   > A: kept
  3600.150  helmo.be      > A: kept
  3602.150  helmo.be      . uhasselt.be is silent about 1 records: sent again
  3602.150  uhasselt.be   . helmo.be is silent about 1 records: sent again
  3602.155  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
  3602.155  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3602.160  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3602.160  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
  3602.160  uhasselt.be   > A: kept
  3602.170  helmo.be      . session to node.uhasselt.be opened
  3602.175  uhasselt.be   . session from node.helmo.be is live
  3602.185  uhasselt.be   . session to node.helmo.be opened
  3602.190  helmo.be      ! uhasselt.be holds 2 records of ours that are not here: asked back
  3602.190  helmo.be      . session from node.uhasselt.be is live
  3602.195  uhasselt.be   ! helmo.be lost records of its own and signed for them: given back
  3602.205  uhasselt.be   ! helmo.be lost 1 records that it had receipted: sent again, as it signed for
  3602.210  helmo.be        uhasselt.be: write guard lifted, both hold the same
  3602.215  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (2 times)
  3602.220  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3602.220  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
  3602.220  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3602.225  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
