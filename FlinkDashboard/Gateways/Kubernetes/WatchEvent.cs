namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>What a line of a watch says.</summary>
public enum WatchEventType
{
    /// <summary>The object is new.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object is gone; it carries its last state.</summary>
    Deleted,

    /// <summary>Nothing changed up to this resourceVersion.</summary>
    Bookmark,

    /// <summary>The line could not be read; it was skipped.</summary>
    Unreadable
}

/// <summary>One line of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; null for bookmarks and unreadable lines.</param>
/// <param name="ResourceVersion">Where a new watch goes on after this line; null when the line did not say.</param>
/// <param name="Problem">Why the line could not be read.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T? Object, string? ResourceVersion, string? Problem) where T : class;
