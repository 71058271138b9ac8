# The host takes its acceptance back: final, and the home is told at once.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be revokes A acceptance
uhasselt.be accepts A
settle
helmo.be revokes A acceptance
at 10s uhasselt.be revokes A acceptance
settle within 1s
expect A revoked at both
helmo.be withdraws A
helmo.be amends A email
uhasselt.be accepts A
uhasselt.be issues A
expect A revoked at both
# Also when the home asks something else at the same time.
helmo.be nominates B to uhasselt.be
settle
uhasselt.be accepts B
settle
at 20s helmo.be amends B field
at 20s uhasselt.be revokes B acceptance
settle
expect B revoked at both
expect B revision 0 at helmo.be
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
     0.035  uhasselt.be   > A: the dossier's state does not allow this: record.turn
     0.035  uhasselt.be   > A: kept
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     0.045  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
     0.045  helmo.be      > A: the dossier's state does not allow this: revoke.target
    10.000  uhasselt.be   > A: kept
    10.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    10.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    10.010  helmo.be      > A: the dossier's state does not allow this: record.turn (2 times)
    10.010  uhasselt.be   > A: the dossier's state does not allow this: record.turn (2 times)
    10.010  helmo.be      > B: kept
    10.015  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.020  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.020  uhasselt.be   > B: kept
    10.025  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    10.030  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    20.000  helmo.be      > B: kept
    20.000  uhasselt.be   > B: kept
    20.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
