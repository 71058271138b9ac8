# A partner that was away for weeks does not know the new key: it parks the stream, says what to
# fetch, calls nothing a forgery, and takes all of it once it has read the catalogue.
nodes helmo.be uhasselt.be
settle
uhasselt.be stops
run 21d
helmo.be gets a new signing key
the old keys of helmo.be end
catalogue second is issued
helmo.be reads catalogue second
helmo.be nominates A to uhasselt.be
uhasselt.be starts
run 10m
expect records 0 at uhasselt.be
expect stuck 0 at helmo.be
uhasselt.be reads catalogue second
settle within 20m
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
    18.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
1814400.025  helmo.be      > catalogue second: read
1814400.025  helmo.be      > A: kept, waits for the guard
1814400.035  uhasselt.be   . session to node.helmo.be opened
1814400.040  helmo.be      . session from node.uhasselt.be is live
1814400.045  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
1814400.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
1814401.025  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
1814401.173  helmo.be      . session to node.uhasselt.be opened
1814401.178  uhasselt.be   . session from node.helmo.be is live
1814401.178  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
1814401.183  helmo.be        uhasselt.be: write guard lifted, both hold the same
1814401.188  uhasselt.be   ! helmo.be signs with a key that our catalogue does not have: fetch the newest
1814403.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814407.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814415.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814431.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814463.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814495.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814527.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814559.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814591.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814623.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814655.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814687.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814719.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814751.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814783.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814815.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814847.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814879.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814911.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814943.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1814975.183  helmo.be      . uhasselt.be is silent about 1 records: sent again
1815000.025  uhasselt.be   > catalogue second: read
1815000.035  uhasselt.be   . session to node.helmo.be opened
1815000.040  helmo.be      . session from node.uhasselt.be is live
1815000.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
1815000.050  helmo.be      . session to node.uhasselt.be opened
1815000.055  uhasselt.be   . session from node.helmo.be is live
1815000.075  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
1815000.080  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
