# A withdrawal and an acceptance at the same time: the withdrawal wins, on both sides.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
at 10s helmo.be withdraws A
at 10s uhasselt.be accepts A
settle
expect A withdrawn at both
expect records_refused 0 at helmo.be
expect records_refused 0 at uhasselt.be
uhasselt.be issues A
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
    10.000  helmo.be      > A: kept
    10.000  uhasselt.be   > A: kept
    10.005  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.005  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    10.010  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    10.010  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    10.010  uhasselt.be   > A: the dossier's state does not allow this: record.turn
