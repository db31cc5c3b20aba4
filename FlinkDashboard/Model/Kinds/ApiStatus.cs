namespace FlinkDashboard.Model.Kinds;

/// <summary>A Kubernetes <c>Status</c>: the answer to a refused request, and the object of an ERROR watch event.</summary>
public sealed record ApiStatus
{
    /// <summary>Success or Failure.</summary>
    public string? Status { get; init; }

    /// <summary>The sentence.</summary>
    public string? Message { get; init; }

    /// <summary>NotFound, Conflict, Forbidden, …</summary>
    public string? Reason { get; init; }

    /// <summary>HTTP code.</summary>
    public int Code { get; init; }

    /// <summary>Details.</summary>
    public ApiStatusDetails? Details { get; init; }
}

/// <summary>details of a Status.</summary>
public sealed record ApiStatusDetails
{
    /// <summary>Object.</summary>
    public string? Name { get; init; }

    /// <summary>Its group.</summary>
    public string? Group { get; init; }

    /// <summary>Its kind or plural.</summary>
    public string? Kind { get; init; }

    /// <summary>Its uid.</summary>
    public string? Uid { get; init; }

    /// <summary>When to try again.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What exactly is wrong.</summary>
    public IReadOnlyList<ApiStatusCause> Causes { get; init => field = value ?? []; } = [];
}

/// <summary>One cause.</summary>
/// <param name="Reason">FieldValueInvalid, FieldManagerConflict, …</param>
/// <param name="Message">The sentence.</param>
/// <param name="Field">Path of the field.</param>
public sealed record ApiStatusCause(string? Reason, string? Message, string? Field);
