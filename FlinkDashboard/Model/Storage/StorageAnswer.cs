namespace FlinkDashboard.Model.Storage;

/// <summary>Why storage did not answer.</summary>
/// <param name="Message">What happened, what it means, what to do.</param>
/// <param name="Detail">The server's own words; null when it has none.</param>
/// <param name="IsAbsent">There is no such object, folder or bucket.</param>
/// <param name="At">When.</param>
public sealed record StorageFailure(string Message, string? Detail, bool IsAbsent, DateTimeOffset At);

/// <summary>What is known of a place: the last good answer, and what went wrong since.</summary>
/// <param name="Value">The last good answer; null before there was one.</param>
/// <param name="At">When it came.</param>
/// <param name="Failure">The last question failed; null while all is well.</param>
public sealed record StorageAnswer<T>(T? Value, DateTimeOffset? At, StorageFailure? Failure) where T : class
{
    /// <summary>No answer at all.</summary>
    public static StorageAnswer<T> No(StorageFailure failure) => new(null, null, failure);
}
