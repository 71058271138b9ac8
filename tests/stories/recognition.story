# What the home recognises, corrects and takes back.
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
helmo.be recognises A wholly
uhasselt.be accepts A
uhasselt.be issues A
settle
helmo.be recognises A silently
helmo.be recognises A elsewhere
helmo.be recognises A partly
settle
expect A recognised at both
helmo.be recognises A wholly
settle
expect A recognised at both
expect A recognition 2 at uhasselt.be
uhasselt.be revokes A recognition
helmo.be revokes A recognition
settle
expect A transcript at both
helmo.be recognises A nothing
settle
expect A recognised at both
expect A recognition 4 at uhasselt.be
expect records_refused 0 at uhasselt.be
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
     0.035  helmo.be      > A: the dossier's state does not allow this: record.turn
     0.035  uhasselt.be   > A: kept (2 times)
     0.040  helmo.be      . records from uhasselt.be: 1 new, 0 repeated (2 times)
     0.045  uhasselt.be   . receipt from helmo.be: 2 delivered, 0 known
     0.045  helmo.be      > A: a field does not follow its rule: recognition.less
     0.045  helmo.be      > A: a field does not follow its rule: recognition.component_there
     0.045  helmo.be      > A: kept
     0.050  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.055  helmo.be      > A: kept
     0.060  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.065  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.065  uhasselt.be   > A: the dossier's state does not allow this: revoke.target
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.075  helmo.be      > A: kept
     0.080  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.085  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
