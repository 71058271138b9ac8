# A dialler whose clock was a day ahead is restored to a time before: it jumps above its counter.
nodes helmo.be uhasselt.be
settle
helmo.be backs up
helmo.be clock +1d
run 1m
helmo.be stops
helmo.be starts
settle
helmo.be clock 0s
helmo.be restores
helmo.be nominates A to uhasselt.be
settle within 10s
expect openings_stale 1 at helmo.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
    60.035  helmo.be      . session to node.uhasselt.be opened
    60.040  uhasselt.be   . session from node.helmo.be is live
    60.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
    60.050  uhasselt.be   . session to node.helmo.be opened
    60.055  helmo.be      . session from node.uhasselt.be is live
    60.065  helmo.be      > A: kept, waits for the guard
    60.075  helmo.be        node.uhasselt.be knows a later opening counter of ours: jumped above it
    60.085  helmo.be      . session to node.uhasselt.be opened
    60.090  uhasselt.be   . session from node.helmo.be is live
    60.095  helmo.be        uhasselt.be: write guard lifted, both hold the same
    60.100  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    60.100  uhasselt.be   . session to node.helmo.be opened
    60.105  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
    60.105  helmo.be      . session from node.uhasselt.be is live
