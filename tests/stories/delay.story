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
     1.000  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
     1.000  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
     5.439  uhasselt.be   . session to node.helmo.be opened
     5.685  helmo.be      . session to node.uhasselt.be opened
     6.307  helmo.be      . session from node.uhasselt.be is live
     6.513  uhasselt.be   . session from node.helmo.be is live
     7.310  uhasselt.be     helmo.be: write guard lifted, both hold the same
     7.523  helmo.be        uhasselt.be: write guard lifted, both hold the same
     8.751  helmo.be      > A: kept
     9.874  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    10.751  helmo.be      . uhasselt.be is silent about 1 records: sent again
    10.980  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    11.868  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    12.989  helmo.be      . receipt from uhasselt.be: 0 delivered, 1 known
    12.989  uhasselt.be   > A: kept
    12.989  helmo.be      > B: kept
    13.812  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    13.898  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    14.831  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    14.989  uhasselt.be   . helmo.be is silent about 1 records: sent again
    15.068  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
    15.931  helmo.be      . records from uhasselt.be: 0 new, 1 repeated
    17.074  uhasselt.be   . receipt from helmo.be: 0 delivered, 1 known
