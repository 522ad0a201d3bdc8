import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import './modules/themes/surfaces.css';
import './modules/themes/focus.css';
import ReactDOM from 'react-dom/client';
import App from './App';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id root');
}
ReactDOM.createRoot(root).render(App.createRoot());
