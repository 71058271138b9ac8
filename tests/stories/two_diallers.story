# Both nodes dial at the same instant: two sessions, one for each direction.
nodes helmo.be uhasselt.be
settle
cut helmo.be uhasselt.be
helmo.be stops
uhasselt.be stops
mend helmo.be uhasselt.be
at 20s helmo.be starts
at 20s uhasselt.be starts
at 20s helmo.be nominates A to uhasselt.be
at 20s uhasselt.be nominates B to helmo.be
settle within 1s
expect sessions 1 at helmo.be
expect sessions 1 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
    20.000  helmo.be      > A: kept, waits for the guard
    20.000  uhasselt.be   > B: kept, waits for the guard
    20.010  uhasselt.be   . session to node.helmo.be opened
    20.010  helmo.be      . session to node.uhasselt.be opened
    20.015  uhasselt.be   . session from node.helmo.be is live
    20.015  helmo.be      . session from node.uhasselt.be is live
    20.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
    20.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
    20.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    20.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    20.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    20.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
