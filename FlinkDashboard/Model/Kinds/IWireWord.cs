namespace FlinkDashboard.Model.Kinds;

/// <summary>An enumeration of the wire that keeps the text it came as: an unknown value is shown, never thrown.</summary>
public interface IWireWord<TSelf> where TSelf : struct, IWireWord<TSelf>
{
    /// <summary>As on the wire; empty when the field is not set.</summary>
    string Text { get; }

    /// <summary>Not set.</summary>
    bool IsEmpty => Text.Length == 0;

    /// <summary>The word with this text.</summary>
    static abstract TSelf Of(string text);
}
