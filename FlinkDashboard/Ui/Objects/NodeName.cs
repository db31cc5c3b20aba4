namespace FlinkDashboard.Ui.Objects;

/// <summary>Node names on the screen.</summary>
public static class NodeName
{
    /// <summary>Without the domain that all nodes of a region share: "ip-10-1-160-150".</summary>
    public static string Short(string name)
    {
        var dot = name.IndexOf('.');
        return dot > 0 && name.EndsWith(".internal", StringComparison.Ordinal) ? name[..dot] : name;
    }
}
