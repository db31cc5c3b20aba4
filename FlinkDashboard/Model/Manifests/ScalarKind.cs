namespace FlinkDashboard.Model.Manifests;

/// <summary>What a written scalar must be read as.</summary>
public enum ScalarKind
{
    /// <summary>As what stands there now, else as the field's name tells (parallelism, replicas, nonces and cpu are numbers), else text.</summary>
    AsBefore,

    /// <summary>Text; quoted where YAML would read something else.</summary>
    Text,

    /// <summary>A number, written plain.</summary>
    Number,

    /// <summary>true or false, written plain.</summary>
    Boolean,
}
