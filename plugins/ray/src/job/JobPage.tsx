export const JobPage = () => <div>job</div>;
