# A transcript issued in error is taken back: the stay is what it was, and another one may follow.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
uhasselt.be says A arrived on 2027-02-03
uhasselt.be issues A
settle
expect A transcript at both
uhasselt.be revokes A acceptance
helmo.be revokes A transcript
uhasselt.be revokes A transcript
settle
expect A arrived at both
expect A no transcript at helmo.be
uhasselt.be says A departed on 2027-06-30
uhasselt.be issues A
settle
helmo.be recognises A wholly
settle
expect A recognised at both
# The recognition lapses with what it recognised, also when it is said at the same time.
uhasselt.be revokes A transcript
settle
expect A departed at both
uhasselt.be issues A
settle
at 20s helmo.be recognises A wholly
at 20s uhasselt.be revokes A transcript
settle
expect A departed at both
expect A no recognition at uhasselt.be
expect records_refused 0 at helmo.be
expect records_refused 0 at uhasselt.be
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
     0.035  uhasselt.be   > A: kept (3 times)
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (3 times)
     0.045  uhasselt.be   . receipt from helmo.be: 3 delivered, 0 known
     0.045  uhasselt.be   > A: the dossier's state does not allow this: record.turn
     0.045  helmo.be      > A: the dossier's state does not allow this: revoke.target
     0.045  uhasselt.be   > A: kept
     0.050  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.055  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.055  uhasselt.be   > A: kept (2 times)
     0.060  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.065  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  uhasselt.be   > A: kept
     0.080  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.085  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.085  uhasselt.be   > A: kept
     0.090  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.095  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    20.000  helmo.be      > A: kept
    20.000  uhasselt.be   > A: kept
    20.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
