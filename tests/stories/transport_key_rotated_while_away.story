# A partner that was away dials with the key that it knows: nobody answers to that, what waits is
# kept, and the newest catalogue is all that is needed.
nodes helmo.be uhasselt.be
settle
uhasselt.be stops
run 21d
helmo.be gets a new transport key
the old keys of helmo.be end
catalogue second is issued
helmo.be reads catalogue second
uhasselt.be starts
uhasselt.be nominates A to helmo.be
helmo.be nominates B to uhasselt.be
run 10m
expect ready 1 at helmo.be
expect ready 1 at uhasselt.be
uhasselt.be reads catalogue second
settle within 20m
expect A pending at both
expect B pending at both
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
1814400.025  uhasselt.be   > A: kept, waits for the guard
1814400.025  helmo.be      > B: kept, waits for the guard
1814401.025  uhasselt.be     node.helmo.be cannot be reached: kept, tried again by itself
1814401.025  helmo.be        node.uhasselt.be cannot be reached: kept, tried again by itself
1815000.025  uhasselt.be   > catalogue second: read
1815000.035  uhasselt.be   . session to node.helmo.be opened
1815000.040  helmo.be      . session from node.uhasselt.be is live
1815000.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
1815000.050  helmo.be      . session to node.uhasselt.be opened
1815000.055  uhasselt.be   . session from node.helmo.be is live
1815000.060  helmo.be        uhasselt.be: write guard lifted, both hold the same
1815000.065  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
1815000.070  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
1815000.070  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
1815000.075  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
