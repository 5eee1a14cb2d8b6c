# A quantity whose time is a place.
# expect: Quantity <claim/oil-route/share> lod:during Violation

INSERT DATA { <claim/oil-route/share> lod:during <entity/ufa> }
