// What was left out where one file was joined with another.
MATCH (e:Edition {key: $edition})
RETURN e.key AS key,
       e.losses AS losses
