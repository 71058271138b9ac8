# A ping is answered, and says how long the way is.
nodes helmo.be uhasselt.be
settle
helmo.be pings uhasselt.be
run 1s
expect ping answered at helmo.be
uhasselt.be stops
helmo.be pings uhasselt.be
run 10s
uhasselt.be starts
settle
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     4.025  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
    11.035  uhasselt.be   . session to node.helmo.be opened
    11.040  helmo.be      . session from node.uhasselt.be is live
    11.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
    11.050  helmo.be      . session to node.uhasselt.be opened
    11.055  uhasselt.be   . session from node.helmo.be is live
