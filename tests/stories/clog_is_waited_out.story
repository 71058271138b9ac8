# A connection that holds everything for ten seconds and then lets it go doubles nothing.
nodes helmo.be uhasselt.be
settle
clog between helmo.be uhasselt.be 10s
helmo.be nominates S1..S5 to uhasselt.be
run 9s
expect outbox 5 at helmo.be
expect records 0 at uhasselt.be
settle within 30s
expect S1..S5 pending at both
expect records 5 at uhasselt.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > S1..S5: 5 kept, 0 wait for the guard
     2.025  helmo.be      . uhasselt.be is silent about 5 records: sent again
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    10.025  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (5 times)
    10.025  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (5 times)
    10.030  helmo.be      . session to node.uhasselt.be opened
    10.035  uhasselt.be   . session from node.helmo.be is live
    10.045  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (5 times)
    10.050  helmo.be      . receipt from uhasselt.be: 5 delivered, 0 known
