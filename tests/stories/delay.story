# A slow line delays, and loses nothing.
nodes helmo.be uhasselt.be
network delay 800ms jitter 400ms
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be accepts A
helmo.be nominates B to uhasselt.be
settle
expect A accepted at both
expect B pending at both
expect same
--
     1.000  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     1.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
     2.853  uhasselt.be   . session to node.helmo.be opened
     2.943  helmo.be      . session to node.uhasselt.be opened
     3.917  uhasselt.be   . session from node.helmo.be is live
     4.018  helmo.be      . session from node.uhasselt.be is live
     4.749  helmo.be        uhasselt.be: write guard lifted, both hold the same
     5.207  uhasselt.be     helmo.be: write guard lifted, both hold the same
     6.844  helmo.be      > A: kept
     7.947  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     8.844  helmo.be      . uhasselt.be is silent about 1 records: sent again
     9.089  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     9.806  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    10.798  helmo.be      . receipt from uhasselt.be: 0 delivered, 1 known
    10.798  uhasselt.be   > A: kept
    10.798  helmo.be      > B: kept
    11.819  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    11.960  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    12.798  helmo.be      . uhasselt.be is silent about 1 records: sent again
    12.798  uhasselt.be   . helmo.be is silent about 1 records: sent again
    12.808  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    12.956  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    13.804  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    13.980  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    14.830  uhasselt.be   . receipt from helmo.be: 0 delivered, 1 known
    14.957  helmo.be      . receipt from uhasselt.be: 0 delivered, 1 known
