namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>What happens to unknown and duplicate fields of a request: the query parameter <c>fieldValidation</c>.</summary>
public enum FieldValidation
{
    /// <summary>Dropped in silence.</summary>
    Ignore,

    /// <summary>Dropped with a Warning header. The default of the API server.</summary>
    Warn,

    /// <summary>400 (422 for a patch). What kubectl asks for.</summary>
    Strict,
}
