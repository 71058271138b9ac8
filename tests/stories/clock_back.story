# A clock is set back by hours while records are on their way.
nodes helmo.be uhasselt.be
settle
drop next deliver from helmo.be to uhasselt.be
helmo.be nominates A to uhasselt.be
run 100ms
helmo.be clock -6h
settle within 10s
uhasselt.be stops
run 1m
helmo.be clock -12h
uhasselt.be clock -18h
uhasselt.be starts
helmo.be nominates B to uhasselt.be
settle within 10s
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     2.125  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.130  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     2.135  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    20.135  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    62.135  helmo.be      > B: kept
    62.145  uhasselt.be   . session to node.helmo.be opened
    62.150  helmo.be      . session from node.uhasselt.be is live
    62.155  uhasselt.be     helmo.be: write guard lifted, both hold the same
    62.160  helmo.be      . session to node.uhasselt.be opened
    62.165  uhasselt.be   . session from node.helmo.be is live
    62.185  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    62.190  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
